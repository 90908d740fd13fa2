import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DustSample, isIrregular, keepsTo, regionDustfall } from "../../../src/domain/air/dustfall.ts";

const sample = (value: number | null, exposure: number | null = 300): DustSample => ({ value, exposure });

describe("a region's dustfall is the mean of its valid points, one decimal, half to even", () => {
  test.each([
    ["two points", [330, 410], 3.7],
    ["one point", [520], 5.2],
    ["half goes to the even digit below", [440, 450], 4.4],
    ["half goes to the even digit above", [450, 460, 455], 4.6],
    ["a hair above the half goes up", [445, 446], 4.5],
    ["a lost point is left out, never 0", [360, null], 3.6],
  ])("%s", (_, values, value) => {
    expect(regionDustfall(values.map((v) => sample(v)))).toMatchObject({
      value,
      points: values.length,
      valid: values.filter((v) => v !== null).length,
    });
  });

  test("without a valid point there is none", () => {
    expect(regionDustfall([])).toMatchObject({ value: null, valid: 0, points: 0 });
    expect(regionDustfall([sample(null)])).toMatchObject({ value: null, valid: 0, points: 1 });
  });
});

test.each([
  [279, true],
  [280, false],
  [320, false],
  [321, true],
  [null, false],
])("an exposure of %s tenths of a day is irregular: %s", (exposure, irregular) => {
  expect(isIrregular(sample(300, exposure))).toBe(irregular);
  expect(regionDustfall([sample(300, exposure)]).irregular).toBe(Number(irregular));
});

test("a lost point's exposure flags nothing", () => {
  expect(regionDustfall([sample(null, 330)]).irregular).toBe(0);
});

test.each([
  [4.5, true],
  [4.6, false],
  [null, null],
])("%s keeps to 4.5: %s, as it is printed", (value, keeps) => {
  expect(keepsTo("4.5", { value })).toBe(keeps);
});

test("the order of the points makes no difference, and the mean lies between the least and the most", () => {
  const samples = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(samples, (values) => {
      const figure = regionDustfall(values.map((v) => sample(v)));
      expect(regionDustfall(values.toReversed().map((v) => sample(v)))).toEqual(figure);
      expect(figure.value).toBeGreaterThanOrEqual(Math.min(...values) / 100 - 0.0501);
      expect(figure.value).toBeLessThanOrEqual(Math.max(...values) / 100 + 0.0501);
    }),
  );
});
