import type { Schedule } from "../chat/command.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import { DECLARED_PAPERS } from "./declared.ts";
import { jobsOf } from "./jobs.ts";
import type { AnyOfficialPaper } from "./official-paper.ts";
import { termsOf } from "./terms.ts";

/**
 * The papers that are declared, and all jobs: those that `schedules/` declares, and those of the papers that the pack's office issues.
 * @throws Error for a kind that the pack names and nobody declares.
 */
export function withOfficialPapers(
  pack: PlanPack,
  schedules: readonly Schedule[],
  declared: readonly AnyOfficialPaper[] = DECLARED_PAPERS,
): { officialPapers: readonly AnyOfficialPaper[]; schedules: readonly Schedule[] } {
  const named = Object.keys(pack.settings.papers.official);
  const unknown = named.find((id) => !declared.some((one) => one.id === id));
  if (unknown !== undefined)
    throw new Error(`settings.yaml of ${pack.id} has papers.official.${unknown}, and no paper is called so`);
  const issued = declared.filter((one) => termsOf(one, pack).on);
  return {
    officialPapers: declared,
    schedules: [...schedules, ...issued.flatMap((one) => jobsOf(one, pack))],
  };
}
