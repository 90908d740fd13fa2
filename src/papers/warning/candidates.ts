import type { Context } from "../../chat/command.ts";
import type { Candidate, CandidateUnit } from "../../store/candidates.ts";
import type { OfficialPaperRow } from "../../store/official-papers.ts";
import type { Reader, Writer } from "../../store/store.ts";
import { unitsBehind, type WarningGrounds } from "./judge.ts";

/** The kind of paper and of candidate, and the job that looks for them. */
export const WARNING_LETTER = "warning-letter";

/** What led to a candidate, on which day it was judged, and what the letter asks for once the office has written it. */
export type WarningBasis = { on: string; grounds: WarningGrounds; cause?: string; requests?: string };
export type WarningCandidate = Candidate<WarningBasis>;

/** A month's candidates, or all of them, newest month first. */
export const warningCandidates = async (store: Reader, period?: string): Promise<WarningCandidate[]> =>
  (await store.candidates.ofKind(
    WARNING_LETTER,
    period === undefined ? {} : { period },
  )) as WarningCandidate[];

/** What a candidate's letter is called among the papers of its kind. */
export const warningKey = ({ period, regionId, departmentId }: CandidateUnit & { period: string }): string =>
  `${period}/${regionId ?? departmentId}`;

export const letterOfCandidate = (row: WarningCandidate, store: Reader): Promise<OfficialPaperRow | null> =>
  store.officialPapers.ofKey(WARNING_LETTER, warningKey(row));

/** Proposes the units that a month's figures show behind; those that stand there already stay as they are. */
export async function proposeWarnings(month: string, context: Context<Writer>): Promise<WarningCandidate[]> {
  const { store, office, now, today } = context;
  const on = today.toString();
  const before = await warningCandidates(store, month);
  for (const { unit, grounds } of await unitsBehind({ month, on }, { store, office })) {
    const isThere = before.some(
      (row) => row.regionId === unit.regionId && row.departmentId === unit.departmentId,
    );
    if (isThere) continue;
    await store.candidates.add({
      ...unit,
      kind: WARNING_LETTER,
      period: month,
      state: "proposed",
      facts: { on, grounds } satisfies WarningBasis,
      proposedAt: now.epochMilliseconds,
    });
  }
  return (await warningCandidates(store, month)).filter(({ state }) => state === "proposed");
}
