import type { Context } from "../../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../../chat/refusal.ts";
import { holdsRole } from "../../domain/posts.ts";
import type { CandidateUnit } from "../../store/candidates.ts";
import type { OfficialPaperRow } from "../../store/official-papers.ts";
import type { Person } from "../../store/people.ts";
import type { Writer } from "../../store/store.ts";
import { draftPaper } from "../draft.ts";
import { askOrIssue } from "../issue-at-once.ts";
import kind from "../kinds/warning-letter.ts";
import { strikeCandidate } from "../strike-candidate.ts";
import { namesOfUnit } from "../units.ts";
import {
  letterOfCandidate,
  WARNING_LETTER,
  type WarningBasis,
  type WarningCandidate,
  warningCandidates,
} from "./candidates.ts";
import { groundsOf } from "./judge.ts";
import { warningAbout } from "./letter.ts";

type Around = Context<Writer>;

const officeOnly = (person: Person): Refusal | null =>
  holdsRole(person, "office") ? null : refuse("forbidden", "提醒函由市办拟发。");

async function openCandidate(
  id: number,
  person: Person,
  { store }: Around,
): Promise<WarningCandidate | Refusal> {
  const barred = officeOnly(person);
  if (barred !== null) return barred;
  const row = (await store.candidates.byId(id)) as WarningCandidate | null;
  if (row === null || row.kind !== WARNING_LETTER)
    return refuse("stale-action", "没有这个候选单位，请重新发送“提醒函”。", ["提醒函"]);
  if (row.state === "struck") return refuse("already-done", `已定为不发：${row.reason ?? ""}。`, ["提醒函"]);
  const paper = await letterOfCandidate(row, store);
  if (paper !== null)
    return refuse("already-done", `提醒函已拟，是${paper.id}号文件。`, [`文件 ${paper.id}号`]);
  return row;
}

/** Drafts the letter to a candidate, which is then checked and signed like any other paper. */
export async function draftWarning(
  id: number,
  { cause, requests }: { cause?: string | undefined; requests?: string | undefined },
  person: Person,
  context: Around,
): Promise<OfficialPaperRow | Refusal> {
  const { store, office, now, today } = context;
  const row = await openCandidate(id, person, context);
  if (isRefusal(row)) return row;
  if (row.regionId !== null && office.dissolvedOn(row.regionId, today)) {
    const [then, heir] = [office.region(row.regionId), office.heirOn(row.regionId, today)];
    return refuse("conflict", `${then.name}已并入${heir.name}，请改发${heir.short}（“增加”）。`, ["提醒函"]);
  }
  const at = now.epochMilliseconds;
  const facts: WarningBasis = {
    ...row.facts,
    ...(cause?.trim() ? { cause: cause.trim() } : {}),
    ...(requests?.trim() ? { requests: requests.trim() } : {}),
  };
  await store.candidates.settle(id, { state: "confirmed", facts, decidedAt: at, decidedBy: person.id });
  const { short } = namesOfUnit(row, { office, today });
  const paper = await draftPaper(kind, warningAbout({ ...row, facts }, short), { by: person }, context);
  if (isRefusal(paper)) return paper;
  return askOrIssue(paper, { by: person, isShown: false }, context);
}

/** Strikes a candidate with the office's reason. */
export async function strikeWarning(
  id: number,
  reason: string,
  person: Person,
  context: Around,
): Promise<WarningCandidate | Refusal> {
  const row = await openCandidate(id, person, context);
  if (isRefusal(row)) return row;
  return strikeCandidate(row, { reason, lacking: "请写明不发的理由。" }, person, context);
}

/** Adds a unit that the figures don't propose, or one that was struck, with the office's reason. */
export async function addWarning(
  unit: CandidateUnit,
  month: string,
  reason: string,
  person: Person,
  context: Around,
): Promise<number | Refusal> {
  const barred = officeOnly(person);
  if (barred !== null) return barred;
  if (reason.trim().length < 2) return refuse("usage", "请写明增加的理由。");
  const { store, office, now, today } = context;
  const at = now.epochMilliseconds;
  const before = (await warningCandidates(store, month)).find(
    (row) => row.regionId === unit.regionId && row.departmentId === unit.departmentId,
  );
  if (before !== undefined && before.state !== "struck")
    return refuse("already-done", `${namesOfUnit(unit, context).short}已在本月候选里。`, ["提醒函"]);
  if (before !== undefined) {
    await store.candidates.settle(before.id, {
      ...{ state: "proposed", reason: reason.trim(), decidedAt: at },
      decidedBy: person.id,
    });
    return before.id;
  }
  const on = today.toString();
  const grounds = await groundsOf(unit, { month, on }, { store, office });
  return store.candidates.add({
    ...unit,
    ...{ kind: WARNING_LETTER, period: month, state: "proposed", reason: reason.trim() },
    facts: { on, grounds } satisfies WarningBasis,
    proposedAt: at,
    proposedBy: person.id,
  });
}
