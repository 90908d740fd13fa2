import { describe, expect, test } from "vitest";
import {
  INTERVIEW_STEPS,
  type InterviewState,
  type InterviewStep,
  interviewState,
  mayFollow,
} from "../../../src/domain/papers/interview-course.ts";

describe("where a confirmed 约谈 stands", () => {
  test.each<[boolean, InterviewStep[], InterviewState]>([
    [false, [], "notice-due"],
    [true, [], "called"],
    [true, ["attend", "attend"], "called"],
    [true, ["attend", "minutes"], "held"],
    [true, ["minutes", "plan"], "plan-handed-in"],
    [true, ["minutes", "plan", "release"], "released"],
    [true, ["release"], "released"],
  ])("issued %s, %j: %s", (issued, taken, state) => {
    expect(interviewState(issued, taken)).toBe(state);
  });
});

describe("which steps may follow", () => {
  test.each<[InterviewState, InterviewStep[]]>([
    ["notice-due", []],
    ["called", ["attend", "minutes", "release"]],
    ["held", ["plan", "release"]],
    ["plan-handed-in", ["plan", "release"]],
    ["released", []],
  ])("%s: %j", (state, steps) => {
    expect(INTERVIEW_STEPS.filter((step) => mayFollow(step, state))).toEqual(steps);
  });
});
