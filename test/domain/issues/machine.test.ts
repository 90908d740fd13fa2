import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isOverdue,
  judge,
  type StepAttempt,
  stepsFor,
  type Verdict,
} from "../../../src/domain/issues/machine.ts";
import { RELATIONS, STATES, type State, stateNames } from "../../../src/domain/issues/states.ts";
import { STEPS, stepOf } from "../../../src/issues/loop.ts";
import { expectedOf } from "../../issues/loop/rules.ts";
import {
  ALL_STEPS,
  attempt,
  complete,
  DISPLAYED,
  inState,
  loopRules,
  MONDAY,
  PAST,
  standing,
  waitingFor,
} from "./standing.ts";

const says = (verdict: Verdict) => (verdict.kind === "moves" ? `moves to ${verdict.to}` : verdict.kind);
describe("who may take a step, from where, and where it leads, as the office's rules have it", () => {
  test.each(ALL_STEPS)("%s", (step) => {
    const decides = waitingFor(step);
    const table = (cell: (state: State, relation: StepAttempt["by"]["relation"]) => string) =>
      STATES.flatMap((state) =>
        RELATIONS.map((relation) => `${state}, ${relation}: ${cell(state, relation)}`),
      );
    const judged = table((state, relation) => {
      const by = { id: relation === "clock" ? null : 1, relation };
      const verdict = says(judge(complete(step, { by }), inState(state, decides), MONDAY, loopRules));
      return verdict === "stale" || verdict === "already-done" ? "not-now" : verdict;
    });
    const expected = table((state, relation) => {
      const rule = expectedOf(step, state, relation);
      if (rule.kind !== "allowed") return rule.kind;
      const back = PAST[state]?.resumeState ?? "assigned";
      return `moves to ${rule.to === "stays" ? state : rule.to === "back" ? back : rule.to}`;
    });
    expect(judged).toEqual(expected);
  });

  test("the office confirms in the lead's place alone", () => {
    const office = { id: 1, relation: "office" } as const;
    const judged = (officeConfirms: boolean) =>
      says(
        judge(complete("confirm", { by: office, officeConfirms }), inState("submitted"), MONDAY, loopRules),
      );
    expect([judged(true), judged(false)]).toEqual(["moves to reviewing", "forbidden"]);
  });

  test.each([
    ["confirm", "submitted", "reviewing"],
    ["verify", "reviewing", "closed"],
    ["reject", "submitted", "rectifying"],
    ["reject", "reviewing", "rectifying"],
  ] as const)(
    "the city's lead decides (%s of an issue in %s) where nobody else is left, and not before",
    (step, state, to) => {
      const head = { id: 1, relation: "city-lead" } as const;
      const judged = (headDecides: boolean) =>
        says(judge(complete(step, { by: head, headDecides }), inState(state), MONDAY, loopRules));
      expect([judged(true), judged(false)]).toEqual([`moves to ${to}`, "forbidden"]);
    },
  );
});

test.each([
  ["acknowledge", "acknowledged", "already-done"],
  ["acknowledge", "submitted", "already-done"],
  ["acknowledge", "closed", "already-done"],
  ["submit", "assigned", "stale"],
  ["submit", "reviewing", "already-done"],
  ["confirm", "closed", "already-done"],
  ["confirm", "rectifying", "stale"],
  ["return", "returned", "already-done"],
  ["acknowledge", "returned", "stale"],
  ["acknowledge", "transferred", "stale"],
  ["submit", "suspended", "stale"],
] as const)("%s on %s is answered as %s", (step, state, kind) => {
  const by = { id: 3, relation: step === "confirm" ? "lead" : "liaison" } as const;
  expect(judge(complete(step, { by }), inState(state), MONDAY, loopRules).kind).toBe(kind);
});

const someone = fc.record({
  id: fc.integer({ min: 1, max: 9 }),
  relation: fc.constantFrom(...RELATIONS.filter((r) => r !== "clock")),
  // Whether there is a part to act on only the store knows; here there always is.
  parts: fc.constant(["assigned"] as const),
  handedIn: fc.constant(1),
});
const nobodyOr = fc.option(fc.integer({ min: 1, max: 9 }), { nil: null });
const anyStanding = fc
  .record({
    state: fc.constantFrom(...STATES),
    due: fc.constantFrom("2020-06-12", "2020-06-15", "2020-06-30"),
    termFrom: fc.constantFrom("2020-06-01", "2020-06-12", "2020-06-15"),
    returns: fc.nat({ max: 1 }),
    extensions: fc.nat({ max: 2 }),
    extensionDue: fc.constantFrom(null, "2020-07-02"),
    ackRung: fc.nat({ max: 3 }),
    mendRung: fc.nat({ max: 3 }),
    supervisedAt: fc.constantFrom(null, 5),
    displayedUntil: fc.constantFrom(null, "2020-06-14", MONDAY.today),
    level: fc.constantFrom("一般", DISPLAYED),
    hastenedOn: fc.constantFrom(null, "2020-06-14", MONDAY.today),
    submittedBy: nobodyOr,
    confirmedBy: nobodyOr,
    extensionBy: nobodyOr,
    proposedBy: nobodyOr,
    cancelBy: nobodyOr,
    assignedBy: nobodyOr,
  })
  .map((differs) => standing({ ...differs, firstDue: differs.due }));

test("exactly the steps that a filled form could take are offered", () => {
  fc.assert(
    fc.property(anyStanding, someone, fc.boolean(), fc.boolean(), (on, by, officeConfirms, headDecides) => {
      // Only the form can tell which date suits, so each is tried; some date always does.
      const dues = [undefined, "2020-06-16", "2020-06-23", "2020-07-01", "2020-07-10"];
      const could = ALL_STEPS.filter((step) =>
        dues.some(
          (due) =>
            judge(attempt(step, { by, due, officeConfirms, headDecides }), on, MONDAY, loopRules).kind ===
            "moves",
        ),
      );
      expect(
        stepsFor(STEPS, on, by, { today: MONDAY.today, ...loopRules, officeConfirms, headDecides }).map(
          ({ id }) => id,
        ),
      ).toEqual(could);
    }),
    { seed: 20200615, numRuns: 2000 },
  );
});

test("every state has a name of its own, and every step a button and a past", () => {
  expect(new Set(STATES.map((state) => stateNames[state])).size).toBe(STATES.length);
  expect(new Set(ALL_STEPS.map((step) => stepOf(step).words.done)).size).toBe(ALL_STEPS.length);
  expect(ALL_STEPS.filter((step) => !stepOf(step).words.name.trim())).toEqual([]);
});

test.each(STATES)("%s is late past its deadline only while the unit has to act", (state) => {
  const late = ["2020-06-14", "2020-06-15", "2020-06-16"].map((due) => isOverdue(state, due, "2020-06-15"));
  const waits = state === "assigned" || state === "acknowledged" || state === "rectifying";
  expect(late).toEqual([waits, false, false]);
});
