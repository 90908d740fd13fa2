import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isOverdue,
  judge,
  type Relation,
  STEPS,
  type State,
  type Step,
  stateNames,
  stepsFor,
} from "../../../src/domain/issues/machine.ts";

const states = ["assigned", "rectifying", "submitted"] as const satisfies readonly State[];
const steps = ["acknowledge", "submit"] as const satisfies readonly Step[];
const relations = ["responsible", "assigning", "watching", "stranger"] as const satisfies readonly Relation[];

/** What the responsible unit gets for a step it takes on the newest version, with a text. */
const expected: Record<Step, Record<State, string>> = {
  acknowledge: { assigned: "moves to rectifying", rectifying: "already-done", submitted: "already-done" },
  submit: { assigned: "stale", rectifying: "moves to submitted", submitted: "already-done" },
};
const matrix = steps.flatMap((step) =>
  states.flatMap((state) =>
    relations.map((relation) => {
      const verdict = relation === "responsible" ? expected[step][state] : "forbidden";
      return [step, state, relation, verdict] as const;
    }),
  ),
);
const said = (verdict: ReturnType<typeof judge>) =>
  verdict.kind === "moves" ? `moves to ${verdict.to}` : verdict.kind;

test.each(matrix)("%s on %s by %s: %s", (step, state, relation, verdict) => {
  expect(said(judge(step, { state, version: 3, current: 3, relation, text: "已整改" }))).toBe(verdict);
});

describe("a version that has passed", () => {
  test.each(steps)("makes %s stale where it would have moved", (step) => {
    const [state = "assigned"] = STEPS[step].from;
    const moment = { state, version: 2, current: 3, relation: "responsible" as const, text: "已整改" };
    expect(judge(step, moment)).toEqual({ kind: "stale" });
  });

  test("doesn't hide that the step was taken, nor that it was never allowed", () => {
    const old = { version: 1, current: 5, text: "已整改" };
    const done = judge("acknowledge", { ...old, state: "submitted", relation: "responsible" });
    expect(done.kind).toBe("already-done");
    expect(judge("submit", { ...old, state: "rectifying", relation: "assigning" }).kind).toBe("forbidden");
  });
});

test.each([undefined, "", "   ", "\n"])("handing in needs a text: %j is none", (text) => {
  const moment = { state: "rectifying", version: 1, current: 1, relation: "responsible", text } as const;
  expect(judge("submit", moment).kind).toBe("needs-text");
  expect(judge("acknowledge", { ...moment, state: "assigned" }).kind).toBe("moves");
});

test("exactly the steps that would move are offered", () => {
  for (const state of states) {
    for (const relation of relations) {
      const moving = steps.filter(
        (step) => judge(step, { state, version: 1, current: 1, relation, text: "x" }).kind === "moves",
      );
      expect(stepsFor(state, relation)).toEqual(moving);
    }
  }
});

test("every state has a name, and every step leads to one that differs", () => {
  expect(Object.keys(stateNames)).toEqual([...states]);
  for (const step of steps) expect(STEPS[step].from).not.toContain(STEPS[step].to);
});

test("whatever is pressed in whatever order, an issue only moves forward and ends handed in", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...steps), fc.constantFrom(...relations))), (presses) => {
      let [state, version]: [State, number] = ["assigned", 1];
      for (const [step, relation] of presses) {
        const verdict = judge(step, { state, version, current: version, relation, text: "x" });
        if (verdict.kind !== "moves") continue;
        expect(states.indexOf(verdict.to)).toBe(states.indexOf(state) + 1);
        state = verdict.to;
        version += 1;
      }
      expect(version).toBe(states.indexOf(state) + 1);
    }),
  );
});

test.each([
  ["assigned", "2020-06-14", true],
  ["rectifying", "2020-06-14", true],
  ["submitted", "2020-06-14", false],
  ["assigned", "2020-06-15", false],
  ["rectifying", "2020-06-16", false],
] as const)("%s with the deadline %s on 15 June: overdue is %s", (state, due, overdue) => {
  expect(isOverdue(state, due, "2020-06-15")).toBe(overdue);
});
