import type { CourseState } from "../domain/papers/course.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import { waitsFor } from "./waits-for.ts";

/** What each state of a paper is called. */
export const PAPER_STATE_WORDS = {
  draft: "待审核",
  checked: "已审核",
  signed: "已签发",
  issued: "已印发",
  corrected: "已更正",
  withdrawn: "已撤回",
} as const satisfies Record<CourseState, string>;

/** Where a paper stands; a draft that nobody has to check waits for its day alone. */
export function paperStateWords(row: OfficialPaperRow, context: Parameters<typeof waitsFor>[1]): string {
  const isReady = row.state === "draft" && waitsFor(row, context) === null;
  return isReady ? "待印发" : PAPER_STATE_WORDS[row.state];
}
