import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { compositeIndex } from "../../../src/domain/air/composite.ts";
import { POLLUTANTS } from "../../../src/domain/air/day.ts";
import { RULE_SETS } from "../../../src/domain/air/rules.ts";
import { aDay } from "./days.ts";

/** Tables that city bureaus have published. */
const printed = parse(readFileSync("test/cases/figures.yaml", "utf8")).composite as {
  cases: {
    place: string;
    period: string;
    so2: number;
    no2: number;
    pm10: number;
    pm25: number;
    co: number;
    o3: number;
    index: number;
  }[];
};
const y2012 = RULE_SETS["cn-2012"];
const city = { SO2: 10, NO2: 32, PM10: 55, "PM2.5": 37, CO: 11, O3_8h: 157 };

test("is the sum of the printed single indices", () => {
  const { composite, singleIndices, mainPollutant } = compositeIndex(y2012, city);
  expect(composite).toBe(4.08);
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

test.each(printed.cases)("$place $period as its bureau printed it: $index", (row) => {
  const concentrations = {
    SO2: row.so2,
    NO2: row.no2,
    PM10: row.pm10,
    "PM2.5": row.pm25,
    CO: Math.round(row.co * 10),
    O3_8h: row.o3,
  };
  expect(compositeIndex(y2012, concentrations).composite).toBe(row.index);
});

test("names the larger of two that are printed alike", () => {
  const near = { SO2: 1, NO2: 1, PM10: 95, "PM2.5": 1, CO: 1, O3_8h: 218 };
  const { singleIndices, mainPollutant } = compositeIndex(y2012, near);
  expect(singleIndices).toMatchObject({ PM10: 1.36, O3_8h: 1.36 });
  expect(mainPollutant).toBe("O3_8h");
});

test("is the sum of six fractions, each rounded half to even in exact arithmetic", () => {
  const values = fc.record(
    Object.fromEntries(POLLUTANTS.map((p) => [p, fc.nat(400)])) as Record<
      keyof typeof city,
      fc.Arbitrary<number>
    >,
  );
  fc.assert(
    fc.property(values, fc.constantFrom(...Object.values(RULE_SETS)), (concentrations, set) => {
      let sum = 0n;
      for (const pollutant of POLLUTANTS) {
        const limit = BigInt(set.limits[pollutant].annual ?? set.limits[pollutant].day);
        const [down, rest] = [
          (BigInt(concentrations[pollutant]) * 100n) / limit,
          (BigInt(concentrations[pollutant]) * 100n) % limit,
        ];
        const up = 2n * rest > limit || (2n * rest === limit && down % 2n === 1n);
        sum += up ? down + 1n : down;
      }
      expect(compositeIndex(set, concentrations).composite).toBe(Number(sum) / 100);
    }),
    { seed: 1, numRuns: 500 },
  );
});
