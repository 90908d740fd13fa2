import type { PersonId } from "../ids.ts";
import type { SIGNINGS } from "../plan/pack-papers.ts";

/** Where a paper stands. What was issued stays so for good, or is said to be corrected by another, or withdrawn. */
export const PAPER_STATES = ["draft", "checked", "signed", "issued", "corrected", "withdrawn"] as const;
export type CourseState = (typeof PAPER_STATES)[number];
export type Signing = (typeof SIGNINGS)[number];

/** A paper on its way. `version` is the newest draft, `checkedBy` whoever has checked that one, and for whom. */
export type PaperCourse = {
  state: CourseState;
  version: number;
  signing: Signing;
  checkedBy: readonly PersonId[];
};

/** What is done with a paper; `version` is the one that whoever acts has seen, `by` they and whom they stand in for. */
export type PaperAct =
  | { act: "redraft" }
  | { act: "check" | "sign" | "return"; version: number; by: readonly PersonId[] }
  | { act: "withdraw" }
  | { act: "correct" }
  /** `unattended`: at its time, whoever has checked it or not. */
  | { act: "issue"; unattended?: boolean };

/** Why something can't be done with a paper. */
export type CourseFault =
  | "outdated"
  | "same-person"
  | "not-checked"
  | "needs-no-signature"
  | "already-done"
  | "not-ready"
  | "already-issued"
  | "not-issued"
  | "withdrawn";

const WAITING: readonly CourseState[] = ["draft", "checked", "signed"];

/** Whether a paper is on its way: nothing of it has gone out. */
export const isWaiting = (state: CourseState): boolean => WAITING.includes(state);

/** Whether all that the pack asks for has been done for the newest draft. */
export function isReady({ state, signing }: Pick<PaperCourse, "state" | "signing">): boolean {
  if (!isWaiting(state)) return false;
  return signing === "none" || state === "signed" || (signing === "check" && state === "checked");
}

/**
 * The course after an act, or why it can't be. A draft is checked by the office and signed by somebody else; each of the two
 * has to have seen the newest draft. Whatever makes another draft undoes both.
 */
export function courseAfter(course: PaperCourse, done: PaperAct): PaperCourse | CourseFault {
  const { state } = course;
  if (state === "withdrawn") return "withdrawn";
  switch (done.act) {
    case "correct":
      return state === "issued" ? { ...course, state: "corrected" } : "not-issued";
    case "withdraw":
      return { ...course, state: "withdrawn" };
    default:
      return isWaiting(state) ? afterWaiting(course, done) : "already-issued";
  }
}

function afterWaiting(
  course: PaperCourse,
  done: Exclude<PaperAct, { act: "withdraw" | "correct" }>,
): PaperCourse | CourseFault {
  const { state } = course;
  switch (done.act) {
    case "redraft":
      return { ...course, state: "draft", version: course.version + 1, checkedBy: [] };
    case "issue":
      return isReady(course) || done.unattended ? { ...course, state: "issued" } : "not-ready";
    case "return":
      if (done.version !== course.version) return "outdated";
      return state === "draft" ? "not-checked" : { ...course, state: "draft", checkedBy: [] };
    case "check":
      if (course.signing === "none") return "needs-no-signature";
      if (done.version !== course.version) return "outdated";
      return state === "draft" ? { ...course, state: "checked", checkedBy: done.by } : "already-done";
    case "sign":
      if (course.signing !== "sign") return "needs-no-signature";
      if (done.version !== course.version) return "outdated";
      if (state === "signed") return "already-done";
      if (state !== "checked") return "not-checked";
      return done.by.some((id) => course.checkedBy.includes(id))
        ? "same-person"
        : { ...course, state: "signed" };
    default:
      return done satisfies never;
  }
}
