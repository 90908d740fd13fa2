import { readFileSync } from "node:fs";
import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  badDayBudget,
  badDayPace,
  controlValue,
  type ExactMean,
  type MeanPaceInput,
  meanPace,
  remainingAllowableMean,
} from "../../../src/domain/air/budget.ts";

const d = (value: string | number) => new Decimal(value);
const settings = { yellowMeanPct: 5, yellowBadDays: 3, redRestBelowPct: 85 };

describe("remaining allowable mean", () => {
  test("half of 2020 with a missing day leaves 33.9, not the 34.1 that books the missing day at 0", () => {
    expect(remainingAllowableMean(d(36), d(6900), 181, 184)?.toString()).toBe("33.9");
  });

  test("is the target itself before the first valid day, and none when no day is left", () => {
    expect(remainingAllowableMean(d(36), d(0), 0, 366)?.toString()).toBe("36");
    expect(remainingAllowableMean(d(36), d(13000), 366, 0)).toBeNull();
  });

  test("is rounded down below zero too", () => {
    expect(remainingAllowableMean(d(36), d(13_000), 360, 6)?.toString()).toBe("29.3");
    expect(remainingAllowableMean(d(36), d(13_177), 360, 6)?.toString()).toBe("-0.2");
  });

  test("keeping to the printed figure keeps the target, and 0.1 more would not", () => {
    const input = fc.record({
      target: fc.integer({ min: 200, max: 500 }), // tenths
      sum: fc.nat(20_000),
      valid: fc.nat(365),
      left: fc.integer({ min: 1, max: 366 }),
    });
    fc.assert(
      fc.property(input, ({ target, sum, valid, left }) => {
        const printed = remainingAllowableMean(d(target).div(10), d(sum), valid, left);
        const tenths = BigInt((printed as Decimal).times(10).toFixed(0));
        const budget = BigInt(target) * BigInt(valid + left);
        const used = (rest: bigint) => BigInt(sum) * 10n + rest * BigInt(left);
        expect(used(tenths) <= budget).toBe(true);
        expect(used(tenths + 1n) > budget).toBe(true);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

describe("bad-day budget", () => {
  test.each([
    ["80.8", 366, 70],
    ["83", 366, 62],
    ["80", 365, 73],
    ["100", 365, 0],
    ["0", 10, 10],
    ["80.8", 0, 0],
  ])("%s %% of %i days leaves %i", (rate, days, expected) => {
    expect(badDayBudget(d(rate), days)).toBe(expected);
  });

  test("is the largest number of bad days that still reaches the rate", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.nat(366), (rate, days) => {
        let most = 0;
        while (most < days && (days - most - 1) * 1000 >= rate * days) most++;
        expect(badDayBudget(d(rate).div(10), days)).toBe(most);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});

describe("control value", () => {
  const cases = parse(readFileSync("test/cases/figures.yaml", "utf8")).controlValue;
  test.each<{ target: number; same: ExactMean; year: ExactMean; exact: number; right: number }>(cases)(
    "$exact is printed as $right: half to even of the exact value",
    ({ target, same, year, right }) => {
      expect(controlValue(d(target), same, year)?.toNumber()).toBe(right);
    },
  );

  test("of a target with decimals; none without days of last year, or when they were all 0", () => {
    const year = { sum: 360, days: 10 };
    expect(controlValue(d("36.5"), { sum: 52, days: 1 }, year)?.toNumber()).toBe(52.7);
    expect(controlValue(d(36), { sum: 0, days: 0 }, year)).toBeNull();
    expect(controlValue(d(36), { sum: 0, days: 3 }, { sum: 0, days: 10 })).toBeNull();
  });
});

describe("pace of a mean", () => {
  const half: MeanPaceInput = { target: d(36), sum: d(6516), valid: 181, left: 184, ytdMean: d(36) };
  const pace = (more: Partial<MeanPaceInput>) => meanPace({ ...half, ...more }, settings);

  test.each<[string, Partial<MeanPaceInput>, string, string]>([
    ["on the target without last year's data", {}, "on-pace", "绿"],
    ["a little above the target without last year's data", { ytdMean: d("36.1") }, "behind", "黄"],
    [
      "above the target but within the control value of a winter",
      { ytdMean: d(40), controlValue: d("40.0") },
      "on-pace",
      "绿",
    ],
    ["exactly 5 % above the control value", { ytdMean: d("42.0"), controlValue: d(40) }, "behind", "黄"],
    ["more than 5 % above the control value", { ytdMean: d("42.1"), controlValue: d(40) }, "behind", "红"],
    ["the rest must be far cleaner than last year", { lastYearSameRest: d("42.4") }, "behind", "红"],
    ["the rest may be as last year less 15 %", { lastYearSameRest: d("42.3") }, "on-pace", "绿"],
    ["nothing is left to emit", { sum: d(13_140) }, "unreachable", "红"],
    ["no valid day yet", { sum: d(0), valid: 0, ytdMean: null }, "on-pace", "绿"],
  ])("%s", (_, more, state, light) => {
    expect(pace(more)).toMatchObject({ state, light, remainingDays: 184 });
  });

  test("carries the allowance as printed, and notes how hard it is", () => {
    expect(pace({ sum: d(6900) })?.remainingAllowableMean?.toString()).toBe("33.9");
    expect(pace({ bestSameRest: d("36.1") })?.note).toContain("极难");
    expect(pace({ worstSameRest: d(36) })?.note).toBe("有余量");
    expect(pace({ worstSameRest: d("36.1") })).not.toHaveProperty("note");
  });

  test("at the end the mean is rounded to the target's decimals before it is compared", () => {
    const end = (target: string, sum: number, valid: number) =>
      meanPace({ target: d(target), sum: d(sum), valid, left: 0, ytdMean: d(36) }, settings);
    expect(end("36", 73, 2)).toMatchObject({ state: "met", light: "绿", remainingAllowableMean: null });
    expect(end("36", 3651, 100)).toMatchObject({ state: "unreachable", light: "红" });
    expect(end("36.4", 73, 2)).toMatchObject({ state: "unreachable" });
    expect(end("36", 0, 0)).toBeNull();
  });
});

describe("pace of the attainment rate", () => {
  const pace = (rate: string, badDays: number, valid: number, left: number) =>
    badDayPace({ ratePct: d(rate), badDays, valid, left }, settings);

  test("63 bad days lose the stretch target by one and leave seven for the constraint", () => {
    expect(pace("83", 63, 300, 66)).toMatchObject({
      state: "unreachable",
      light: "红",
      budget: 62,
      badDaysLeft: -1,
    });
    expect(pace("83", 63, 300, 66)?.note).toBe("超标天数已突破1天");
    expect(pace("80.8", 63, 300, 66)).toMatchObject({ budget: 70, badDaysLeft: 7, remainingDays: 66 });
  });

  // 70 of 366 days: half of the year's share is 35.
  test.each([
    [35, "on-pace", "绿"],
    [36, "behind", "黄"],
    [38, "behind", "黄"],
    [39, "behind", "红"],
    [70, "behind", "红"],
    [71, "unreachable", "红"],
  ])("%i bad days by the middle of the year: %s, %s", (badDays, state, light) => {
    expect(pace("80.8", badDays, 183, 183)).toMatchObject({ state, light });
  });

  test("a missing day makes the budget smaller", () => {
    expect(pace("80", 0, 181, 184)?.budget).toBe(73);
    expect(pace("80", 0, 180, 184)?.budget).toBe(72);
  });

  test("at the end the rate is compared as published, with one decimal at least", () => {
    expect(pace("80.8", 70, 366, 0)).toMatchObject({ state: "met", light: "绿", badDaysLeft: 0 });
    expect(pace("80.8", 71, 366, 0)).toMatchObject({ state: "unreachable", light: "红" });
    // 21 of 26 days are 80.77 %, published as 80.8 %, although the budget was 4.
    expect(pace("80.8", 5, 26, 0)).toMatchObject({ state: "met", budget: 4 });
    // 19 of 23 days are 82.6 %, which is not 83 %.
    expect(pace("83", 4, 23, 0)).toMatchObject({ state: "unreachable" });
    expect(pace("83", 0, 0, 0)).toBeNull();
  });

  test("before the first valid day every target is on pace", () => {
    expect(pace("80.8", 0, 0, 366)).toMatchObject({ state: "on-pace", light: "绿", badDaysLeft: 70 });
  });
});
