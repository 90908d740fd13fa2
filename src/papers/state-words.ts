import type { CourseState } from "../domain/papers/course.ts";

/** What each state of a paper is called. */
export const PAPER_STATE_WORDS = {
  draft: "待审核",
  checked: "已审核",
  signed: "已签发",
  issued: "已印发",
  corrected: "已更正",
  withdrawn: "已撤回",
} as const satisfies Record<CourseState, string>;
