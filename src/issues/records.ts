import { z } from "zod";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
import assign from "./steps/assign.ts";
import hasten from "./steps/hasten.ts";
import investigate from "./steps/investigate.ts";
import reassign from "./steps/reassign.ts";
import reopen from "./steps/reopen.ts";
import { type Urging, urgingOf } from "./urging.ts";

/** What was found out of an issue: who looked into it, when, and who wrote it down. */
export type Investigation = z.output<typeof investigationDetail> & { at: EpochMs; by: string | null };
const investigationDetail = z.object({ people: z.string(), on: z.string(), findings: z.string() });

/** What a transfer rests on. */
export type Records = { investigations: Investigation[]; urging: Urging[] };

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** What there is about an issue since its present unit has it, up to an instant. */
export async function recordsOf(issue: Issue, until: EpochMs, context: Around): Promise<Records> {
  const history = await context.store.issues.history(issue.id);
  const begins = history.findLastIndex((e) => BEGINNINGS.some(({ id }) => id === e.step));
  const own = history.slice(Math.max(0, begins)).filter((e) => e.at <= until);
  return {
    investigations: own.flatMap(investigationIn),
    urging: await urgingOf(issue, { since: own[0]?.at ?? issue.assignedAt, until }, context),
  };
}

/** With these steps a unit gets it to mend: what was said to another one, or of what was closed, is another matter. */
const BEGINNINGS = [assign, reassign, reopen];

function investigationIn({ step, detail, at, by }: IssueEvent): Investigation[] {
  if (step !== investigate.id || detail === null) return [];
  const read = investigationDetail.safeParse(JSON.parse(detail));
  return read.success ? [{ ...read.data, at, by }] : [];
}

/** Why issues can't be transferred yet: for each what is missing, and how it comes about; null when all is there. */
export async function recordsMissing(
  issues: readonly Issue[],
  until: EpochMs,
  context: Around,
): Promise<Refusal | null> {
  const missing: string[] = [];
  const instead: string[] = [];
  for (const issue of issues) {
    const { investigations, urging } = await recordsOf(issue, until, context);
    const lacks = [
      ...(investigations.length === 0 ? [{ what: "调查记录", say: investigate.words.name }] : []),
      ...(urging.length === 0 ? [{ what: "送达责任单位的督促记录", say: hasten.words.name }] : []),
    ];
    if (lacks.length === 0) continue;
    missing.push(`${issue.no}缺${lacks.map(({ what }) => what).join("和")}`);
    instead.push(...lacks.map(({ say }) => `${say} ${issue.no}`));
  }
  if (missing.length === 0) return null;
  return refuse(
    "usage",
    `移送须以调查和督促为基础：${missing.join("；")}。请先办理${instead.map((say) => `“${say}”`).join("、")}，再提请移送。`,
    instead.slice(0, 4),
  );
}
