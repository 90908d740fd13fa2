import fc from "fast-check";
import { expect, test } from "vitest";
import { dustfallStanding } from "../../../src/domain/air/dustfall-standing.ts";
import {
  afterNightStep,
  allowsNight,
  isLive,
  NIGHT_STATES,
  type NightState,
  whoMayLet,
} from "../../../src/domain/enterprises/night-permit.ts";

const month = (
  month: string,
  value: number | null,
  keeps: boolean | null = value === null ? null : value <= 4.5,
) => ({
  month,
  value,
  keeps,
});

test.each([
  { of: "no month", months: [], stands: null },
  {
    of: "the newest month",
    months: [month("2020-05", 4.6), month("2020-04", 4.1)],
    stands: ["2020-05", true],
  },
  {
    of: "a month that meets the limit",
    months: [month("2020-05", 4.6), month("2020-06", 4.5)],
    stands: ["2020-06", false],
  },
  {
    of: "a month whose samples were lost",
    months: [month("2020-05", 4.6), month("2020-06", null)],
    stands: ["2020-05", true],
  },
  { of: "months without a limit", months: [month("2020-05", 4.6, null)], stands: null },
  {
    of: "the end of a year",
    months: [month("2019-12", 4.6), month("2020-01", 4.4)],
    stands: ["2020-01", false],
  },
])("a county stands by the newest judged month: $of", ({ months, stands }) => {
  const found = dustfallStanding(months);
  expect(found && [found.month, found.over]).toEqual(stands);
});

test("months in any order give the same standing", () => {
  const any = fc.uniqueArray(
    fc.record({
      month: fc.integer({ min: 1, max: 12 }).map((m) => `2020-${String(m).padStart(2, "0")}`),
      value: fc.option(fc.integer({ min: 20, max: 70 }).map((tenths) => tenths / 10)),
    }),
    { selector: ({ month }) => month },
  );
  fc.assert(
    fc.property(any, (rows) => {
      const months = rows.map(({ month: m, value }) => month(m, value));
      expect(dustfallStanding(months)).toEqual(dustfallStanding(months.toReversed()));
    }),
  );
});

const over = { month: "2020-05", value: 4.7, over: true };
const kept = { month: "2020-05", value: 4.5, over: false };

test.each([
  [null, "浇筑", "refuse", "anybody"],
  [kept, "浇筑", "refuse", "anybody"],
  [over, "浇筑", "refuse", "nobody"],
  [over, "供水管道抢修", "refuse", "office"],
  [over, "浇筑", "agree", "office"],
  [kept, "供水管道抢修", "agree", "anybody"],
] as const)("who may let: %j, %s, pack says %s: %s", (standing, basis, rule, who) => {
  expect(whoMayLet(standing, basis, { over: rule, always: ["抢修", "抢险"] })).toBe(who);
});

test.each([
  ["grant", "applied", "granted"],
  ["refuse", "applied", "refused"],
  ["suspend", "granted", "suspended"],
  ["resume", "suspended", "granted"],
  ["withdraw", "granted", "withdrawn"],
] as const)(
  "%s takes a permit from %s to %s, from no other state, and not after its last night",
  (step, from, to) => {
    const nights = { from: "2020-06-10", to: "2020-06-20" };
    expect(afterNightStep(step, { state: from, ...nights }, "2020-06-20")).toBe(to);
    expect(afterNightStep(step, { state: from, ...nights }, "2020-06-21")).toBeNull();
    for (const state of Object.keys(NIGHT_STATES) as NightState[])
      if (state !== from && step !== "withdraw")
        expect(afterNightStep(step, { state, ...nights }, "2020-06-15")).toBeNull();
  },
);

test("only a granted permit lets work go on, from its first night to its last", () => {
  const permit = { state: "granted", from: "2020-06-10", to: "2020-06-20" } as const;
  const nights = ["2020-06-09", "2020-06-10", "2020-06-20", "2020-06-21"];
  expect(nights.map((day) => allowsNight(permit, day))).toEqual([false, true, true, false]);
  expect(allowsNight({ ...permit, state: "suspended" }, "2020-06-15")).toBe(false);
  expect(isLive({ ...permit, state: "suspended" }, "2020-06-15")).toBe(true);
  for (const state of ["refused", "withdrawn"] as const)
    expect(isLive({ ...permit, state }, "2020-06-15")).toBe(false);
});
