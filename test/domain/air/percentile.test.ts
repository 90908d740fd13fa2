import fc from "fast-check";
import { expect, test } from "vitest";
import { percentileRatio, publishedPercentile } from "../../../src/domain/air/percentile.ts";
import { halfEvenRatio } from "../../../src/domain/rounding.ts";

test("1 to 30, 90th: k = 27.1, published 27", () => {
  const values = Array.from({ length: 30 }, (_, i) => i + 1);
  const { num, den } = percentileRatio(values, 90);
  expect(num / den).toBe(27.1);
  expect(publishedPercentile("O3_8h", values, 90)).toBe(27);
});

test("CO days to a hundredth, 95th: 1.255, published 1.3", () => {
  const hundredths = [80, 110, 130, 90, 105, 120, 70, 100, 115, 95].sort((a, b) => a - b);
  const { num, den } = percentileRatio(hundredths, 95);
  expect(num / den / 100).toBe(1.255);
  expect(halfEvenRatio(num, den * 100, 1)).toBe(1.3);
});

test("CO is published in mg/m³ with one decimal, once, half to even", () => {
  expect(publishedPercentile("CO", [10, 11], 50)).toBe(1);
  expect(publishedPercentile("CO", [11, 12], 50)).toBe(1.2);
  expect(publishedPercentile("CO", [7], 95)).toBe(0.7);
});

test("an exact half of a microgram goes to the even one", () => {
  expect(publishedPercentile("O3_8h", [156, 157], 50)).toBe(156);
  expect(publishedPercentile("O3_8h", [157, 158], 50)).toBe(158);
});

test("the ends are the smallest and the largest, and no values have no percentile", () => {
  expect(percentileRatio([3, 4, 9], 0)).toEqual({ num: 300, den: 100 });
  expect(percentileRatio([3, 4, 9], 100)).toEqual({ num: 900, den: 100 });
  expect(() => percentileRatio([], 90)).toThrow(RangeError);
  expect(() => percentileRatio([1], 101)).toThrow(RangeError);
});

test("equals the annex's formula in exact fractions", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(900), { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 0, max: 100 }),
      (raw, p) => {
        const x = [...raw].sort((a, b) => a - b);
        const n = BigInt(x.length);
        const k = 100n + (n - 1n) * BigInt(p); // in hundredths
        const s = k / 100n;
        const at = (i: bigint) => BigInt(x[Number(i) - 1] as number);
        const expected = s === n ? at(n) * 100n : at(s) * 100n + (at(s + 1n) - at(s)) * (k - s * 100n);
        const { num, den } = percentileRatio(x, p);
        expect(BigInt(num) * 100n).toBe(expected * BigInt(den));
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});
