import fc from "fast-check";
import { expect, test } from "vitest";
import { compositeIndex } from "../../../src/domain/air/composite.ts";
import { POLLUTANTS } from "../../../src/domain/air/day.ts";
import { RULE_SETS } from "../../../src/domain/air/rules.ts";
import { aDay } from "./days.ts";

const y2012 = RULE_SETS["cn-2012"];
const city = { SO2: 10, NO2: 32, PM10: 55, "PM2.5": 37, CO: 11, O3_8h: 157 };

test("is summed unrounded: the printed single indices need not add up to it", () => {
  const { composite, singleIndices, mainPollutant } = compositeIndex(y2012, city);
  expect(composite).toBe(4.07);
  expect(singleIndices).toEqual({ SO2: 0.17, NO2: 0.8, PM10: 0.79, "PM2.5": 1.06, CO: 0.28, O3_8h: 0.98 });
  expect(mainPollutant).toBe("PM2.5");
});

test("takes the limits of its rule set", () => {
  expect(compositeIndex(RULE_SETS["cn-2026-transition"], city).singleIndices["PM2.5"]).toBe(1.23);
});

test("does not exist when an item is missing, though the others' single indices do", () => {
  const { composite, singleIndices, mainPollutant } = compositeIndex(y2012, { ...city, CO: null });
  expect([composite, mainPollutant, singleIndices.CO, singleIndices.SO2]).toEqual([null, null, null, 0.17]);
});

test("names the first in naming order when the largest single indices are equal", () => {
  expect(compositeIndex(y2012, aDay({ "PM2.5": 35, PM10: 70, O3_8h: 160 })).mainPollutant).toBe("PM2.5");
});

test("is the exact sum of six fractions, rounded once", () => {
  const values = fc.record(
    Object.fromEntries(POLLUTANTS.map((p) => [p, fc.nat(400)])) as Record<
      keyof typeof city,
      fc.Arbitrary<number>
    >,
  );
  fc.assert(
    fc.property(values, fc.constantFrom(...Object.values(RULE_SETS)), (concentrations, set) => {
      let [num, den] = [0n, 1n];
      for (const pollutant of POLLUTANTS) {
        const limit = BigInt(set.limits[pollutant].annual ?? set.limits[pollutant].day);
        [num, den] = [num * limit + BigInt(concentrations[pollutant]) * den, den * limit];
      }
      const hundredths = (num * 100n) / den;
      const twice = 2n * (num * 100n - hundredths * den);
      const up = twice > den || (twice === den && hundredths % 2n === 1n);
      expect(compositeIndex(set, concentrations).composite).toBe(
        Number(up ? hundredths + 1n : hundredths) / 100,
      );
    }),
    { seed: 1, numRuns: 500 },
  );
});
