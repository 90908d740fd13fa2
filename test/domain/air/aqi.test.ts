import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAILY_ITEM, dayAqi, iaqi } from "../../../src/domain/air/aqi.ts";
import { type Concentrations, POLLUTANTS } from "../../../src/domain/air/day.ts";
import { LEVELS, levelIndex, levelOf } from "../../../src/domain/air/levels.ts";
import { IAQI_STEPS, type Item, RULE_SETS } from "../../../src/domain/air/rules.ts";
import { subIndexTables } from "../../../src/domain/air/sub-index-tables.ts";
import { aDay, someDay } from "./days.ts";

const y2012 = RULE_SETS["cn-2012"];
const y2026 = RULE_SETS["cn-2026-transition"];
const sets = Object.values(RULE_SETS);
const items = Object.keys(y2012.breakpoints) as Item[];

describe("sub-index of one item", () => {
  test.each<[Item, number, number | null, number | null]>([
    ["PM2.5_24h", 36, 52, 52],
    ["PM2.5_24h", 75, 100, 114],
    ["PM2.5_24h", 60, 82, 100],
    ["PM10_24h", 151, 101, 112],
    ["PM10_24h", 120, 85, 100],
    ["O3_8h", 161, 101, 101],
    ["O3_8h", 800, 300, 300],
    ["O3_8h", 801, null, 300],
    ["O3_1h", 801, 301, 301],
    ["SO2_1h", 800, 200, 200],
    ["SO2_1h", 801, null, 200],
    ["SO2_24h", 475, 150, 150],
    ["NO2_1h", 3840, 500, 500],
    ["CO_24h", 40, 100, 100],
    ["CO_24h", 41, 101, 101],
    ["CO_1h", 1500, 500, 500],
    ["PM2.5_24h", 501, 500, 500],
    ["PM2.5_24h", 0, 0, 0],
  ])("%s of %i is %s under 2012 and %s under 2026", (item, value, by2012, by2026) => {
    expect([iaqi(y2012, item, value), iaqi(y2026, item, value)]).toEqual([by2012, by2026]);
  });

  test("a value on a breakpoint takes that breakpoint's index, never one more", () => {
    for (const set of sets) {
      for (const item of items) {
        set.breakpoints[item].at.forEach((value, row) => {
          expect([item, value, iaqi(set, item, value)]).toEqual([item, value, IAQI_STEPS[row]]);
        });
      }
    }
  });

  test("one step above a breakpoint is rounded up to the next index", () => {
    expect(iaqi(y2012, "SO2_24h", 1601)).toBe(301);
    expect(iaqi(y2012, "NO2_24h", 81)).toBe(101);
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "a concentration of %d is an error, never 0",
    (value) => {
      expect(() => iaqi(y2012, "PM2.5_24h", value)).toThrow(RangeError);
    },
  );

  test("lies between 0 and 500 and never falls as the concentration rises", () => {
    const column = fc.record({
      set: fc.constantFrom(...sets),
      item: fc.constantFrom(...items),
      value: fc.nat(5000),
    });
    fc.assert(
      fc.property(column, ({ set, item, value }) => {
        const [here, next] = [iaqi(set, item, value), iaqi(set, item, value + 1)];
        if (here === null) {
          expect(next).toBeNull();
          return;
        }
        expect(here).toBeGreaterThanOrEqual(0);
        expect(here).toBeLessThanOrEqual(500);
        if (next !== null) expect(next).toBeGreaterThanOrEqual(here);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  test("is the exact quotient of the table rounded up", () => {
    fc.assert(
      fc.property(fc.constantFrom(...items), fc.nat(4000), (item, value) => {
        const { at } = y2012.breakpoints[item];
        const row = at.findIndex((high, i) => i > 0 && value <= high);
        fc.pre(row > 0);
        const [low, high] = [BigInt(at[row - 1] as number), BigInt(at[row] as number)];
        const [from, to] = [BigInt(IAQI_STEPS[row - 1] as number), BigInt(IAQI_STEPS[row] as number)];
        const top = (to - from) * (BigInt(value) - low) + from * (high - low);
        expect(iaqi(y2012, item, value)).toBe(Number((top + (high - low) - 1n) / (high - low)));
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  test("the written-out tables say what the formula says, and stay at their end above it", () => {
    for (const set of sets) {
      for (const pollutant of POLLUTANTS) {
        const table = subIndexTables(set)[pollutant];
        const formula = Array.from(table, (_, value) => iaqi(set, DAILY_ITEM[pollutant], value) ?? 301);
        expect(Array.from(table)).toEqual(formula);
      }
    }
  });
});

describe("a day", () => {
  test("at the limits is good, with both limits' items primary and none exceeding", () => {
    const day = dayAqi(y2012, aDay({ "PM2.5": 75, PM10: 150, O3_8h: 120, NO2: 40, SO2: 10, CO: 10 }), {
      o3OneHour: 150,
    });
    expect(day).toMatchObject({
      aqi: 100,
      primary: ["PM2.5", "PM10"],
      exceeding: [],
      complete: true,
      exceeds: false,
    });
    expect(day.level?.class).toBe("良");
  });

  test("of class 优 has no primary pollutant, however unequal its items", () => {
    const day = dayAqi(y2012, aDay({ "PM2.5": 35 }));
    expect(day).toMatchObject({ aqi: 50, primary: [] });
    expect(day.level?.class).toBe("优");
  });

  test("names equal items in naming order, compared after rounding up", () => {
    const day = dayAqi(y2012, aDay({ CO: 41, NO2: 81, "PM2.5": 75, O3_8h: 161 }));
    expect(day).toMatchObject({
      aqi: 101,
      primary: ["O3_8h", "NO2", "CO"],
      exceeding: ["O3_8h", "NO2", "CO"],
    });
  });

  test("names as exceeding every item above 100, primary or not", () => {
    const day = dayAqi(y2012, aDay({ "PM2.5": 160, PM10: 151 }));
    expect(day).toMatchObject({ aqi: 210, primary: ["PM2.5"], exceeding: ["PM2.5", "PM10"], exceeds: true });
    expect(day.level?.class).toBe("重度污染");
  });

  test("with a missing item has no AQI, and the item is not taken as 0", () => {
    const day = dayAqi(y2012, aDay({ "PM2.5": 75, SO2: null }));
    expect(day).toMatchObject({ aqi: null, level: null, primary: [], complete: false, exceeds: false });
    expect(day.iaqi).toMatchObject({ "PM2.5": 100, SO2: null });
  });

  test("with a missing item counts as exceeding when a valid one exceeds, unless that is switched off", () => {
    const hazy = aDay({ "PM2.5": 76, SO2: null });
    expect(dayAqi(y2012, hazy)).toMatchObject({
      aqi: 102,
      primary: ["PM2.5"],
      complete: false,
      exceeds: true,
    });
    expect(dayAqi(y2012, hazy, { knownExceedanceCounts: false })).toMatchObject({
      aqi: null,
      level: null,
      exceeding: ["PM2.5"],
      exceeds: false,
    });
  });

  test("without any item is nothing", () => {
    const none = { "PM2.5": null, PM10: null, O3_8h: null, NO2: null, SO2: null, CO: null };
    expect(dayAqi(y2012, none)).toMatchObject({ aqi: null, level: null, exceeding: [], complete: false });
  });
});

describe("ozone", () => {
  test("uses the 1 h value only above 800 by default, and always by the letter of HJ 633-2012", () => {
    expect(dayAqi(y2012, aDay({ O3_8h: 100 }), { o3OneHour: 250 }).aqi).toBe(50);
    expect(dayAqi(y2012, aDay({ O3_8h: 100 }), { o3OneHour: 250, o3Daily: "mda8+1h" }).aqi).toBe(125);
    expect(dayAqi(y2012, aDay({ O3_8h: 801 }), { o3OneHour: 900 }).aqi).toBe(350);
  });

  test("is incomplete without the 1 h value where that is asked for", () => {
    expect(dayAqi(y2012, aDay({}), { o3Daily: "mda8+1h" })).toMatchObject({ aqi: null, complete: false });
  });

  test("above 800 without a 1 h value gives no AQI, but the class and the exceedance are known", () => {
    const day = dayAqi(y2012, aDay({ O3_8h: 900 }));
    expect(day).toMatchObject({
      aqi: null,
      primary: ["O3_8h"],
      exceeding: ["O3_8h"],
      complete: true,
      exceeds: true,
    });
    expect(day.level?.class).toBe("严重污染");
    expect(dayAqi(y2026, aDay({ O3_8h: 900 })).aqi).toBe(300);
  });
});

test("a complete day's AQI is the largest sub-index, and every primary item has it", () => {
  fc.assert(
    fc.property(someDay, fc.constantFrom(...sets), (concentrations: Concentrations, set) => {
      const day = dayAqi(set, concentrations);
      if (day.aqi === null) return;
      expect(Math.max(...Object.values(day.iaqi).map((index) => index ?? -1))).toBe(day.aqi);
      expect(day.primary.length > 0).toBe(day.aqi > 50);
      for (const pollutant of day.primary) expect(day.iaqi[pollutant]).toBe(day.aqi);
      expect(day.exceeds).toBe(day.aqi > 100);
      expect(day.level).toBe(levelOf(day.aqi));
    }),
    { seed: 3, numRuns: 500 },
  );
});

describe("classes", () => {
  test("follow one another without a gap, and every index finds its own", () => {
    LEVELS.forEach((level, i) => {
      expect(level.from).toBe(i === 0 ? 0 : (LEVELS[i - 1]?.to ?? Number.NaN) + 1);
      expect([levelOf(level.from), levelOf(level.to ?? 500)]).toEqual([level, level]);
      expect(levelIndex(level.from)).toBe(i);
    });
  });

  test.each([-1, 50.5, Number.NaN])("%d is no AQI", (aqi) => {
    expect(() => levelOf(aqi)).toThrow(RangeError);
  });
});
