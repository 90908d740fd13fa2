import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Counted, loopFigures } from "../../../src/domain/issues/figures.ts";
import { STATES } from "../../../src/domain/issues/states.ts";

const at = (local: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").epochMilliseconds;
/** No time runs against the unit since then. */
const since = (local: string) => ({ at: at(local), on: local.slice(0, 10) });
/** The week of 8 to 14 June 2020. */
const week = {
  from: at("2020-06-08T00:00"),
  until: at("2020-06-15T00:00") - 1,
  fromDate: "2020-06-08",
  dueBy: "2020-06-14",
};

const issue = (over: Partial<Counted> = {}): Counted => ({
  state: "acknowledged",
  assignedAt: at("2020-06-08T09:00"),
  givenAt: [],
  acknowledgedAt: at("2020-06-08T10:00"),
  acknowledgeBy: at("2020-06-10T09:00"),
  due: "2020-06-23",
  submittedOn: null,
  held: null,
  closings: [],
  relapses: [],
  ...over,
});

test("nothing gives no rate at all, not zero", () => {
  expect(loopFigures([], week)).toEqual({
    assigned: 0,
    acknowledged: { pct: null, met: 0, of: 0 },
    onTime: { pct: null, met: 0, of: 0 },
    closed: { pct: null, met: 0, of: 0 },
    meanDays: { days: null, n: 0 },
    relapsed: { pct: null, met: 0, of: 0 },
  });
});

describe("签收率", () => {
  test.each([
    ["in time", { acknowledgedAt: at("2020-06-10T09:00") }, 100],
    ["a moment late", { acknowledgedAt: at("2020-06-10T09:00") + 1 }, 0],
    ["not at all", { acknowledgedAt: null, state: "assigned" }, 0],
    ["its time not yet over", { acknowledgeBy: at("2020-06-15T09:00") }, null],
    ["its time over before", { acknowledgeBy: at("2020-06-07T23:59") }, null],
    ["held before its time was over", { acknowledgedAt: null, held: since("2020-06-10T08:59") }, null],
    ["held only then", { acknowledgedAt: null, held: since("2020-06-10T09:01") }, 0],
    ["in time, and held since", { held: since("2020-06-09T09:00") }, 100],
  ] as const)("%s", (_what, over, pct) => {
    expect(loopFigures([issue(over)], week).acknowledged.pct).toBe(pct);
  });
});

describe("按期整改率", () => {
  test.each([
    ["handed in on the last day", { due: "2020-06-12", submittedOn: "2020-06-12" }, 100],
    ["handed in a day late", { due: "2020-06-12", submittedOn: "2020-06-13" }, 0],
    ["not handed in", { due: "2020-06-14" }, 0],
    ["not yet due isn't in the rate", { due: "2020-06-15" }, null],
    ["held on the last day isn't in it", { due: "2020-06-12", held: since("2020-06-12T15:00") }, null],
    ["held too late is", { due: "2020-06-12", held: since("2020-06-13T09:00") }, 0],
    ["due before the period isn't either", { due: "2020-06-07", assignedAt: at("2020-06-01T09:00") }, null],
  ] as const)("%s", (_what, over, pct) => {
    expect(loopFigures([issue(over)], week).onTime.pct).toBe(pct);
  });
});

test("销号率 counts what was open or came in, closed at the end", () => {
  const open = issue({ assignedAt: at("2020-05-01T09:00") });
  const closedBefore = issue({ assignedAt: at("2020-05-01T09:00"), closings: [at("2020-06-07T12:00")] });
  const closedNow = issue({ closings: [at("2020-06-12T09:00")] });
  const closedAndBack = issue({ closings: [at("2020-06-10T09:00")], relapses: [at("2020-06-11T09:00")] });
  const closedLater = issue({ closings: [at("2020-06-20T09:00")] });
  expect(loopFigures([open, closedBefore, closedNow, closedAndBack, closedLater], week).closed).toEqual({
    pct: 25,
    met: 1,
    of: 4,
  });
});

test("平均用时 and 反弹率 rest on the closings of the period", () => {
  const twoDays = issue({ closings: [at("2020-06-10T09:00")], relapses: [at("2020-06-11T09:00")] });
  const threeAndAHalf = issue({ closings: [at("2020-06-11T21:00")] });
  const backLater = issue({ closings: [at("2020-06-09T09:00")], relapses: [at("2020-06-16T09:00")] });
  const figures = loopFigures([twoDays, threeAndAHalf, backLater], week);
  // (2 + 3.5 + 1) / 3 = 2.1666…
  expect(figures.meanDays).toEqual({ days: 2.2, n: 3 });
  expect(figures.relapsed).toEqual({ pct: 33.3, met: 1, of: 3 });
});

describe("平均用时 of a closing counts from", () => {
  const closings = [at("2020-06-12T09:00")];
  test.each([
    ["when it was given out", {}, 4],
    ["when it was given to another unit", { givenAt: [at("2020-06-09T09:00"), at("2020-06-10T09:00")] }, 2],
    ["when it came back, not from when it was first given", { relapses: [at("2020-06-11T09:00")] }, 1],
    [
      "before what came after it",
      {
        givenAt: [at("2020-06-09T09:00"), at("2020-06-14T09:00")],
        assignedAt: at("2020-06-14T09:00"),
        relapses: [at("2020-06-13T09:00")],
      },
      3,
    ],
  ] as const)("%s", (_what, over, days) => {
    expect(loopFigures([issue({ ...over, closings })], week).meanDays).toEqual({ days, n: 1 });
  });

  test("nothing, when its history tells of no beginning", () => {
    const unknown = issue({ assignedAt: at("2020-06-13T09:00"), closings });
    expect(loopFigures([unknown], week).meanDays).toEqual({ days: null, n: 0 });
  });

  test("halves go to the even tenth", () => {
    // 0.25 and 0.35 days: 6 h and 8 h 24 min.
    const closedAfter = (hours: number) => issue({ closings: [at("2020-06-08T09:00") + hours * 3_600_000] });
    expect(loopFigures([closedAfter(6)], week).meanDays.days).toBe(0.2);
    expect(loopFigures([closedAfter(8.4)], week).meanDays.days).toBe(0.4);
  });
});

test("what nobody has to mend isn't counted", () => {
  for (const state of ["draft", "merged", "cancelled"] as const)
    expect(loopFigures([issue({ state, due: "2020-06-10" })], week)).toEqual(loopFigures([], week));
});

const anyInstant = fc.integer({ min: at("2020-05-25T00:00"), max: at("2020-06-30T00:00") });
const anyDate = fc.integer({ min: 1, max: 30 }).map((day) => `2020-06-${String(day).padStart(2, "0")}`);
const anyIssue: fc.Arbitrary<Counted> = fc
  .record({
    state: fc.constantFrom(...STATES),
    assignedAt: anyInstant,
    givenAt: fc.array(anyInstant, { maxLength: 3 }),
    acknowledgedAt: fc.option(anyInstant),
    acknowledgeBy: anyInstant,
    due: anyDate,
    submittedOn: fc.option(anyDate),
    held: fc.option(fc.record({ at: anyInstant, on: anyDate })),
    closings: fc.array(anyInstant, { maxLength: 3 }),
    relapses: fc.array(anyInstant, { maxLength: 3 }),
  })
  .map((i) => ({
    ...i,
    closings: i.closings.toSorted((a, b) => a - b),
    relapses: i.relapses.toSorted((a, b) => a - b),
  }));

describe("always", () => {
  test("shares lie between 0 and 100, and rest on what they say", () => {
    fc.assert(
      fc.property(fc.array(anyIssue), (issues) => {
        const { acknowledged, onTime, closed, relapsed, meanDays } = loopFigures(issues, week);
        expect(meanDays.n).toBeLessThanOrEqual(relapsed.of);
        expect(meanDays.days === null).toBe(meanDays.n === 0);
        expect(meanDays.days ?? 0).toBeGreaterThanOrEqual(0);
        for (const { pct, met, of } of [acknowledged, onTime, closed, relapsed]) {
          expect(met).toBeLessThanOrEqual(of);
          expect(pct === null).toBe(of === 0);
          if (pct !== null) expect(pct >= 0 && pct <= 100).toBe(true);
        }
      }),
    );
  });

  test("the order doesn't matter, and an issue of a later time changes nothing", () => {
    const later = issue({ assignedAt: at("2020-06-20T09:00"), acknowledgeBy: at("2020-06-22T09:00") });
    fc.assert(
      fc.property(fc.array(anyIssue), (issues) => {
        expect(loopFigures([...issues.toReversed(), later], week)).toEqual(loopFigures(issues, week));
      }),
    );
  });
});
