import { expect, test } from "vitest";
import { judge, type StepAttempt } from "../../../src/domain/issues/machine.ts";
import type { IssueStanding } from "../../../src/domain/issues/step-rule.ts";
import { attempt, complete, inState, LEAD, loopRules, MONDAY, standing } from "./standing.ts";

const absent = { id: 77, name: "张三" };
const other = { id: 78, name: "李四" };
const judged = (by: Partial<StepAttempt["by"]>, on: Partial<IssueStanding>) =>
  judge(
    complete("confirm", { by: { ...LEAD, ...by } }),
    inState("submitted", { submittedBy: 50, ...on }),
    MONDAY,
    loopRules,
  ).kind;

test.each([
  ["a stand-in who submitted", { id: 50, behalf: absent }, {}, "same-person"],
  ["a stand-in for whoever submitted", { id: 8, behalf: { ...absent, id: 50 } }, {}, "same-person"],
  ["whoever is back, for whom it was submitted", { id: 77 }, { behalf: { submittedBy: 77 } }, "same-person"],
  [
    "a stand-in for whoever it was submitted for",
    { id: 8, behalf: absent },
    { behalf: { submittedBy: 77 } },
    "same-person",
  ],
  ["two others", { id: 8, behalf: other }, { behalf: { submittedBy: 77 } }, "moves"],
] as const)("%s may not confirm what one of the two has done: %s", (_, by, on, kind) => {
  expect(judged(by, on)).toBe(kind);
});

test("for whom it was taken is kept with who took it, and gone once somebody takes it in their own post", () => {
  const change = (by: object, on: object) => {
    const verdict = judge(
      attempt("submit", { by: { ...attempt("submit").by, ...by } }),
      { ...inState("rectifying"), ...on },
      MONDAY,
      loopRules,
    );
    return verdict.kind === "moves" ? verdict.change.behalf : verdict;
  };
  expect(change({ behalf: absent }, {})).toEqual({ submittedBy: 77 });
  expect(change({}, { behalf: { submittedBy: 77, cancelBy: 5 } })).toEqual({ cancelBy: 5 });
  expect(change({}, { behalf: { submittedBy: 77 } })).toBeNull();
  expect(standing({}).behalf).toBeUndefined();
});
