import type { Context } from "../chat/command.ts";
import type { PaperCourse } from "../domain/papers/course.ts";
import type { OfficialPaperRow, PaperActRow } from "../store/official-papers.ts";
import type { About, AnyOfficialPaper } from "./official-paper.ts";
import { termsOf } from "./terms.ts";

/** The declaration of a paper's kind. @throws Error where its file is gone: papers of it are still there. */
export function kindOfPaper(
  { kind }: Pick<OfficialPaperRow, "kind">,
  { officialPapers }: Pick<Context<never>, "officialPapers">,
): AnyOfficialPaper {
  const found = officialPapers.find(({ id }) => id === kind);
  if (found === undefined) throw new Error(`no paper is declared as "${kind}"`);
  // The registry holds what `officialPaper` declared.
  return found as AnyOfficialPaper;
}

/** What a paper is about. */
export const aboutOf = ({ about }: Pick<OfficialPaperRow, "about">): About => JSON.parse(about);

/** Under which name outbox, register and audit know a paper. */
export const subjectOfPaper = (id: number): string => `paper:${id}`;

/** How people call a paper, before and after it has its number: 12号. */
export const noOf = ({ id }: Pick<OfficialPaperRow, "id">): string => `${id}号`;

/** A paper's course so far. */
export function paperCourse(
  row: Pick<OfficialPaperRow, "kind" | "state" | "version">,
  acts: readonly PaperActRow[],
  context: Pick<Context<never>, "officialPapers" | "office">,
): PaperCourse {
  const { state, version } = row;
  const checked =
    state === "draft" ? undefined : acts.findLast((one) => one.act === "check" && one.version === version);
  return {
    state,
    version,
    signing: termsOf(kindOfPaper(row, context), context.office.pack).signing,
    checkedBy: [checked?.personId, checked?.behalfId].filter((id) => id !== null && id !== undefined),
  };
}
