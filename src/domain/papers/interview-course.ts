/** What follows the notice of a 约谈: the county's word on who comes, the minutes, its plan, the release. */
export const INTERVIEW_STEPS = ["attend", "minutes", "plan", "release"] as const;
export type InterviewStep = (typeof INTERVIEW_STEPS)[number];

/** How the county answers the notice. */
export const ATTENDANCES = { 参会: "comes", 派员: "sends-somebody", 请假: "excused" } as const;

/** Where a confirmed 约谈 stands. */
export type InterviewState = "notice-due" | "called" | "held" | "plan-handed-in" | "released";

/**
 * Where a confirmed 约谈 stands after the steps that were taken. `issued`: its notice has gone out.
 * A plan may be handed in again and somebody else may come after all; the newest counts.
 */
export function interviewState(issued: boolean, taken: readonly InterviewStep[]): InterviewState {
  if (taken.includes("release")) return "released";
  if (taken.includes("plan")) return "plan-handed-in";
  if (taken.includes("minutes")) return "held";
  return issued ? "called" : "notice-due";
}

const FROM: Readonly<Record<InterviewStep, readonly InterviewState[]>> = {
  attend: ["called"],
  minutes: ["called"],
  plan: ["held", "plan-handed-in"],
  // Also where the 约谈 rested on what was corrected since.
  release: ["called", "held", "plan-handed-in"],
};

/** Whether a step may be taken in a state. */
export const mayFollow = (step: InterviewStep, state: InterviewState): boolean => FROM[step].includes(state);
