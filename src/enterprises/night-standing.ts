import { dustfallLimit, dustfallOf } from "../air/dustfall.ts";
import { DUSTFALL_UNIT } from "../air/dustfall-words.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { type DustfallStanding, dustfallStanding } from "../domain/air/dustfall-standing.ts";
import { whoMayLet } from "../domain/enterprises/night-permit.ts";
import type { RegionId } from "../domain/ids.ts";
import { monthPeriod } from "../domain/months.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";

/** How many months back a county's newest month of dustfall is looked for: mostly one of the last has it. */
const LOOKED_BACK = [2, 12] as const;

/** Where each county stands by its newest month of dustfall before today; null without one. */
export async function nightStandings(
  regions: readonly Region[],
  { store, office, today }: { store: Reader; office: Office; today: Temporal.PlainDate },
): Promise<ReadonlyMap<RegionId, DustfallStanding | null>> {
  const last = today.toPlainYearMonth().subtract({ months: 1 });
  const standings = new Map<RegionId, DustfallStanding | null>();
  let left = regions;
  for (const months of LOOKED_BACK) {
    const span = { from: last.subtract({ months }).toString(), to: last.toString() };
    const found = await dustfallOf(store, office, left, span);
    for (const { id } of left) standings.set(id, dustfallStanding(found.get(id) ?? []));
    left = left.filter(({ id }) => standings.get(id) === null);
    if (left.length === 0) break;
  }
  return standings;
}

/** 2020年5月降尘量4.7吨/平方公里·月，高于4.5 */
export function standingWords({ month, value, over }: DustfallStanding, office: Office): string {
  const against = `${over ? "高于" : "不高于"}${dustfallLimit(office)}`;
  return `${monthPeriod(month).label}降尘量${value.toFixed(1)}${DUSTFALL_UNIT}，${against}`;
}

/** Why nobody, or nobody but the office, lets somebody work at night there now; null where whoever grants permits may. */
export function notLet(
  region: Region,
  standing: DustfallStanding | null,
  { basis, isOffice }: { basis: string; isOffice: boolean },
  office: Office,
): Refusal | null {
  const policy = office.pack.settings.nightWork;
  const who = whoMayLet(standing, basis, policy);
  if (who === "anybody" || (who === "office" && isOffice) || standing === null) return null;
  const why = `${region.short}${standingWords(standing, office)}，夜间施工从严管控`;
  if (who === "office") return refuse("conflict", `${why}，须由市办批准。`);
  const always = policy.always.length === 0 ? "" : `；${policy.always.join("、")}请在依据里写明，由市办批准`;
  return refuse("conflict", `${why}，达标以前不批新的夜间施工许可${always}。`, [`降尘 ${region.short}`]);
}
