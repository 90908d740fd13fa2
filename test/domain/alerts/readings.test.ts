import { expect, test } from "vitest";
import {
  isAbove,
  type LEVEL_ITEMS,
  levelRung,
  mayBeAnomalous,
  medianOf,
  surges,
} from "../../../src/domain/alerts/readings.ts";
import { alertsSchema } from "../../../src/domain/plan/pack-alerts.ts";

const settings = alertsSchema.parse({});

test.each<[(typeof LEVEL_ITEMS)[number], number, number]>([
  ["PM2.5", 75, 0],
  ["PM2.5", 76, 1],
  ["PM2.5", 115, 1],
  ["PM2.5", 116, 2],
  ["PM2.5", 150, 2],
  ["PM2.5", 151, 3],
  ["PM10", 150, 0],
  ["PM10", 151, 1],
  ["PM10", 251, 2],
  ["O3", 200, 0],
  ["O3", 201, 1],
  ["O3", 401, 3],
])("%s of %i is of class %i", (item, value, rung) => {
  expect(levelRung(item, value, settings)).toBe(rung);
});

test.each<[string, number[], number | null]>([
  ["too few aren't compared with", [10, 20], null],
  ["the middle one of three", [30, 10, 20], 20],
  ["between the middle ones of four", [10, 20, 30, 50], 25],
])("neighbours: %s", (_rule, values, median) => {
  expect(medianOf(values, settings)).toBe(median);
});

test.each<["PM2.5" | "PM10", number, number, boolean]>([
  ["PM2.5", 50, 20, true],
  ["PM2.5", 49, 20, false],
  // More than half above, not exactly half.
  ["PM2.5", 90, 60, false],
  ["PM2.5", 91, 60, true],
  ["PM10", 100, 40, true],
  ["PM10", 99, 40, false],
])("%s of %i beside a median of %i stands out: %s", (item, value, median, above) => {
  expect(isAbove(item, value, median, settings)).toBe(above);
});

test.each([
  [60, 20, true],
  [59, 20, false],
])("%i after %i is a surge: %s", (value, before, is) => {
  expect(surges(value, before, settings)).toBe(is);
});

test("an hour that could break any rule is looked at", () => {
  const none = { "PM2.5": null, PM10: null, O3: null, NO2: null, SO2: null, CO: null };
  const may = (over: Partial<typeof none> | Record<string, number>) =>
    mayBeAnomalous({ ...none, ...over } as typeof none, settings);
  expect(may({})).toBe(false);
  expect(may({ "PM2.5": 29, PM10: 59, O3: 200 })).toBe(false);
  expect(may({ "PM2.5": 30 })).toBe(true);
  expect(may({ PM10: 60 })).toBe(true);
  expect(may({ O3: 201 })).toBe(true);
});
