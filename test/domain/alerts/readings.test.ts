import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isAbove,
  LEVEL_ITEMS,
  leastAnomalous,
  levelRung,
  medianBeside,
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
  const sorted = values.toSorted((a, b) => a - b);
  expect(medianBeside(sorted, null, settings)).toEqual({ median, n: values.length });
});

test("neighbours: a station isn't its own, whatever the others have", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 9 }), fc.nat(9), (others, own) => {
      const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
      const beside = medianBeside(sorted([...others, own]), own, settings);
      expect(beside).toEqual(medianBeside(sorted(others), null, settings));
    }),
    { seed: 1 },
  );
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

test("an hour below the least values breaks no rule; at them it may", () => {
  const least = leastAnomalous(settings);
  expect(least).toEqual({ "PM2.5": 30, PM10: 60, O3: 200 });
  for (const item of LEVEL_ITEMS) {
    const below = least[item] - 1;
    expect(levelRung(item, below, settings)).toBe(0);
    if (item === "PM2.5") expect(surges(below, 0, settings)).toBe(false);
    if (item !== "O3") expect(isAbove(item, below, 0, settings)).toBe(false);
  }
});
