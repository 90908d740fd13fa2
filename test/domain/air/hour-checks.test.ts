import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  comparable,
  type HourCheck,
  isLoneJump,
  ownSuspicions,
  reachOf,
  undoubted,
} from "../../../src/domain/air/hour-checks.ts";
import { HOURLY_ITEMS, type HourlyItem, type HourValues } from "../../../src/domain/air/hours.ts";
import { alertsSchema } from "../../../src/domain/plan/pack-alerts.ts";

const limits = alertsSchema.parse({}).checks;
const MISSING = { "PM2.5": null, PM10: null, O3: null, NO2: null, SO2: null, CO: null };
const course = (item: HourlyItem, values: readonly (number | null)[]): HourValues[] =>
  values.map((value) => ({ ...MISSING, [item]: value }));
const times = (n: number, value: number | null) => Array.from({ length: n }, () => value);
const doubtsOf = (item: HourlyItem, values: readonly (number | null)[]) =>
  ownSuspicions(course(item, values), limits).map((of) => of[item] ?? "");
const all = (n: number, check: HourCheck | "") => Array.from({ length: n }, () => check);

describe("a value is doubted by its own course", () => {
  test.each<[string, HourlyItem, (number | null)[], (HourCheck | "")[]]>([
    ["below 0, always", "SO2", [5, -1, 6], ["", "negative", ""]],
    ["0 is a figure", "SO2", [0, 0, 6], ["", "", ""]],
    ["0 for three hours is none", "SO2", [5, 0, 0, 0, 6], ["", "zero", "zero", "zero", ""]],
    ["nor is it later in the day", "SO2", [5, 6, 0, 0, 7], all(5, "")],
    ["1000 is air", "PM2.5", [1000], [""]],
    ["1001 isn't", "PM2.5", [1001], ["range"]],
    ["CO of 150 mg/m³ is air, in tenths", "CO", [1500], [""]],
    ["and 150.1 isn't", "CO", [1501], ["range"]],
    ["five hours alike", "PM10", [...times(5, 40), 41], all(6, "")],
    ["six hours alike, each of them", "PM10", [39, ...times(6, 40), 41], ["", ...all(6, "flat"), ""]],
    ["a missing hour ends a run", "O3", [...times(3, 40), null, ...times(3, 40)], all(7, "")],
    ["eleven hours of SO2 alike", "SO2", times(11, 7), all(11, "")],
    ["twelve", "SO2", times(12, 7), all(12, "flat")],
    ["eleven of CO", "CO", times(11, 7), all(11, "")],
    ["twelve of CO", "CO", times(12, 7), all(12, "flat")],
    ["missing hours are none", "PM2.5", times(30, null), all(30, "")],
  ])("%s", (_, item, values, doubts) => {
    expect(doubtsOf(item, values)).toEqual(doubts);
  });

  test.each<[string, [fine: number, coarse: number][], boolean]>([
    [
      "three hours above PM10",
      [
        [50, 40],
        [51, 40],
        [52, 40],
      ],
      true,
    ],
    [
      "two hours",
      [
        [50, 40],
        [51, 40],
      ],
      false,
    ],
    [
      "by 5 µg/m³",
      [
        [35, 30],
        [36, 31],
        [37, 32],
      ],
      false,
    ],
    [
      "by a tenth",
      [
        [110, 100],
        [121, 110],
        [110, 100],
      ],
      false,
    ],
    [
      "interrupted",
      [
        [50, 40],
        [51, 40],
        [40, 60],
        [52, 40],
      ],
      false,
    ],
  ])("more PM2.5 than PM10: %s", (_, pairs, isDoubted) => {
    const hours = pairs.map(([fine, coarse]) => ({ ...MISSING, "PM2.5": fine, PM10: coarse }));
    const [first] = ownSuspicions(hours, limits);
    expect(first).toEqual(isDoubted ? { "PM2.5": "inversion", PM10: "inversion" } : {});
  });
});

test("an hour that didn't come ends every run, and is none itself", () => {
  const run = (n: number, of: Partial<HourValues>) => times(n, 0).map(() => ({ ...MISSING, ...of }));
  const flat = [...run(5, { O3: 40 }), null, ...run(1, { O3: 40 })];
  const inverted = [...run(2, { "PM2.5": 50, PM10: 40 }), null, ...run(2, { "PM2.5": 50, PM10: 40 })];
  for (const hours of [flat, inverted]) expect(ownSuspicions(hours, limits)).toEqual(hours.map(() => ({})));
});

test("the longest run reaches eleven hours to each side", () => {
  expect(reachOf(limits)).toBe(11);
});

test.each<[number | null, HourlyItem, boolean]>([
  [null, "PM2.5", false],
  [-1, "PM2.5", false],
  [0, "PM2.5", true],
  [1000, "PM2.5", true],
  [1001, "PM2.5", false],
  [1500, "CO", true],
  [1501, "CO", false],
])("%s of %s may be compared with: %s", (value, item, may) => {
  expect(comparable(value, item, limits)).toBe(may ? value : null);
});

describe("a lone jump", () => {
  const still = [2, -3, 5, 1];
  test.each<[string, { before: number | null; value: number; next: number | null }, number[], boolean]>([
    ["is doubted beside neighbours that stay", { before: 30, value: 200, next: null }, still, true],
    ["isn't when the next hour is as high", { before: 30, value: 200, next: 190 }, still, false],
    ["is when it falls back", { before: 30, value: 200, next: 32 }, still, true],
    ["isn't when the neighbours rise as well", { before: 30, value: 200, next: null }, [80, 90, 120], false],
    [
      "isn't beside two neighbours: nothing is compared",
      { before: 30, value: 200, next: null },
      [1, 2],
      false,
    ],
    ["is beside three", { before: 30, value: 200, next: null }, [3, 1, 2], true],
    // A rise of 160: half of the neighbours may change by 40, either way.
    ["is beside one that rises too", { before: 30, value: 190, next: null }, [1, 90, -40], true],
    ["isn't beside two of three", { before: 30, value: 190, next: null }, [90, 1, -41], false],
    ["is beside two of four", { before: 30, value: 190, next: null }, [2, 95, 1, 90], true],
    ["of 100 is none", { before: 30, value: 130, next: null }, still, false],
    ["to three times as much is none", { before: 60, value: 180, next: null }, still, false],
    ["without an hour before is none", { before: null, value: 180, next: null }, still, false],
    ["downwards is none", { before: 300, value: 20, next: null }, still, false],
  ])("%s", (_, at, neighbours, isDoubted) => {
    expect(isLoneJump(at, neighbours, limits)).toBe(isDoubted);
  });
});

test("what is doubted of an hour is missing for figures, and nothing else is", () => {
  const hour = { "PM2.5": 30, PM10: 40, O3: -2, NO2: 20, SO2: 5, CO: 6 };
  expect(undoubted(hour, { O3: "negative" })).toEqual({ ...hour, O3: null });
  expect(undoubted(hour, null)).toBe(hour);
});

const value = fc.option(fc.integer({ min: -5, max: 60 }), { nil: null });
const hour = fc.record({ "PM2.5": value, PM10: value, O3: value, NO2: value, SO2: value, CO: value });

test("hours further off than the longest run make no difference, so that what comes later is judged where it reaches", () => {
  fc.assert(
    fc.property(
      fc.array(hour, { minLength: 60, maxLength: 60 }),
      fc.integer({ min: 0, max: 9 }),
      (hours, at) => {
        const middle = 25 + at;
        const whole = ownSuspicions(hours, limits)[middle];
        const near = ownSuspicions(hours.slice(middle - 11, middle + 12), limits)[11];
        expect(near).toEqual(whole);
        for (const item of HOURLY_ITEMS)
          if ((hours[middle]?.[item] ?? null) === null) expect(whole?.[item]).toBeUndefined();
      },
    ),
  );
});
