import { Decimal } from "decimal.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { daysInMonth } from "../../../src/domain/air/calendar-days.ts";
import { controlOfMonths, monthControls } from "../../../src/domain/air/control-values.ts";
import { decimal, evenly, over, plus, ratio, times } from "../../support/rational.ts";

const months = fc.array(
  fc.record({ sum: fc.integer({ min: 200, max: 4000 }), days: fc.integer({ min: 25, max: 31 }) }),
  {
    minLength: 12,
    maxLength: 12,
  },
);
const years = fc.constantFrom(2019, 2020, 2021);
const targets = fc.integer({ min: 150, max: 600 }).map((tenths) => String(tenths / 10));

test("a flat year gives every month the target itself", () => {
  const flat = Array.from({ length: 12 }, () => ({ sum: 1200, days: 30 }));
  expect(monthControls(new Decimal(36), 2020, flat)?.map(String)).toEqual(Array(12).fill("36"));
});

test("a winter of twice summer's means is held to twice summer's control value", () => {
  const lastYear = Array.from({ length: 12 }, (_, i) => ({ sum: i < 3 || i > 8 ? 1740 : 870, days: 30 }));
  const controls = monthControls(new Decimal(36), 2021, lastYear)?.map(Number) ?? [];
  // 58 on 182 days and 29 on 183: 36 · 58 / 43.46 = 48.04, and half of it.
  expect(new Set(controls)).toEqual(new Set([48, 24]));
});

test("the day-weighted mean of the twelve is the target, and each is its month's share to within the rounding", () => {
  fc.assert(
    fc.property(months, years, targets, (lastYear, year, target) => {
      const controls = monthControls(new Decimal(target), year, lastYear)?.map(String) ?? [];
      const days = controls.map((_, i) => BigInt(daysInMonth(year, i + 1)));
      const all = days.reduce((a, b) => a + b, 0n);
      const weighted = controls.reduce(
        (sum, c, i) => plus(sum, times(decimal(c), ratio(days[i] ?? 0n))),
        ratio(0),
      );
      expect(evenly(over(weighted, ratio(all)), 1)).toBe(Number(target));

      const whole = lastYear.reduce(
        (sum, m, i) => plus(sum, times(ratio(m.sum, m.days), ratio(days[i] ?? 0n, all))),
        ratio(0),
      );
      lastYear.forEach((m, i) => {
        const exact = over(times(decimal(target), ratio(m.sum, m.days)), whole);
        expect(Math.abs(Number(controls[i]) - evenly(exact, 1))).toBeLessThan(0.11);
      });
    }),
    { seed: 11, numRuns: 300 },
  );
});

test("a quarter is held to the day-weighted mean of its months", () => {
  const controls = [50, 48.3, 40, 35, 32, 25, 20, 20, 25, 36, 44, 56].map((v) => new Decimal(v));
  // (35 · 30 + 32 · 31 + 25 · 30) / 91 = 30.68…
  expect(controlOfMonths(controls, 2020, 4, 6).toString()).toBe("30.7");
  expect(controlOfMonths(controls, 2020, 2, 2).toString()).toBe("48.3");
});

test("there are none where a month of last year has no mean, or a mean of 0", () => {
  const lastYear = Array.from({ length: 12 }, () => ({ sum: 900, days: 30 }));
  expect(monthControls(new Decimal(36), 2020, lastYear.with(3, { sum: 0, days: 30 }))).toBeNull();
  expect(monthControls(new Decimal(36), 2020, [...lastYear.slice(1), null])).toBeNull();
});
