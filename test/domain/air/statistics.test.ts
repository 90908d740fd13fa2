import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayAqi } from "../../../src/domain/air/aqi.ts";
import { type AirDay, POLLUTANTS } from "../../../src/domain/air/day.ts";
import { RULE_SETS } from "../../../src/domain/air/rules.ts";
import { periodStatistics } from "../../../src/domain/air/statistics.ts";
import { aDay, daysFrom, someDay } from "./days.ts";

const y2012 = RULE_SETS["cn-2012"];
const may = { from: "2020-05-01", to: "2020-05-31", asOf: "2020-05-31" };
const year = { from: "2020-01-01", to: "2020-12-31", asOf: "2020-12-31" };

describe("a complete month", () => {
  test("gives counts, rate, means and percentiles, each rounded once", () => {
    const days = daysFrom("2020-05-01", 31, (i) => ({
      "PM2.5": i < 2 ? 80 : 35 + (i % 2),
      O3_8h: i < 6 ? 170 : 150,
      CO: i < 2 ? 12 : 8,
    }));
    const month = periodStatistics(days, may, y2012);
    expect(month).toMatchObject({
      ruleSet: "cn-2012",
      complete: true,
      sufficient: true,
      insufficient: null,
      days: { calendar: 31, valid: 31, good: 25, bad: 6, missing: 0, heavy: 0 },
      attainmentRatePct: 80.6,
      levels: { 优: 0, 良: 25, 轻度: 6, 中度: 0, 重度: 0, 严重: 0 },
      primary: { "PM2.5": 0, O3_8h: 31 },
      exceedance: { "PM2.5": 2, O3_8h: 6, CO: 0 },
    });
    expect(month.pollutants["PM2.5"]).toEqual({
      stat: "mean",
      validDays: 31,
      sum: 160 + 29 * 35 + 14,
      value: 38,
      reference: null,
      oneDecimal: 38.4,
      unit: "µg/m³",
      sufficient: true,
    });
    expect(month.pollutants.O3_8h).toMatchObject({ stat: "p90", value: 170, oneDecimal: null });
    expect(month.pollutants.CO).toMatchObject({ stat: "p95", value: 1, unit: "mg/m³" });
    expect(month.composite).toBe(3.02);
    expect(month.mainPollutant).toBe("PM2.5");
  });

  test("an exact half goes to the even microgram and is not rounded twice", () => {
    const halves = daysFrom("2020-06-01", 30, (i) => ({ "PM2.5": 36 + (i % 2), PM10: i < 14 ? 36 : 35 }));
    const june = periodStatistics(
      halves,
      { from: "2020-06-01", to: "2020-06-30", asOf: "2020-06-30" },
      y2012,
    );
    expect(june.pollutants["PM2.5"]).toMatchObject({ value: 36, oneDecimal: 36.5 });
    expect(june.pollutants.PM10).toMatchObject({ value: 35, oneDecimal: 35.5 });
  });

  test("with 27 valid days is published, with 26 it is only a reference", () => {
    expect(periodStatistics(daysFrom("2020-05-01", 27), may, y2012)).toMatchObject({ sufficient: true });
    const short = periodStatistics(daysFrom("2020-05-01", 24), may, y2012);
    expect(short).toMatchObject({
      sufficient: false,
      insufficient: "有效天数不足（24/27天）",
      composite: null,
      mainPollutant: null,
      days: { calendar: 31, valid: 24, missing: 7 },
      attainmentRatePct: null,
      attainmentReferencePct: 100,
    });
    expect(short.pollutants["PM2.5"]).toMatchObject({
      value: null,
      reference: 10,
      oneDecimal: null,
      sufficient: false,
    });
  });

  test("judges each item by its own valid days and names the one that fails", () => {
    const days = daysFrom("2020-05-01", 31, (i) => (i < 11 ? { CO: null } : {}));
    const month = periodStatistics(days, may, y2012);
    expect(month).toMatchObject({
      sufficient: false,
      insufficient: "CO：有效天数不足（20/27天）",
      composite: null,
    });
    expect(month.pollutants.CO).toMatchObject({ value: null, reference: 0.5 });
    expect(month.pollutants["PM2.5"]).toMatchObject({ value: 10, reference: null, sufficient: true });
  });

  test("without any day everything is null and every day missing", () => {
    const nothing = periodStatistics([], may, y2012);
    expect(nothing).toMatchObject({
      days: { calendar: 31, valid: 0, good: 0, bad: 0, missing: 31 },
      attainmentRatePct: null,
      composite: null,
      insufficient: "有效天数不足（0/27天）",
    });
    expect(nothing.pollutants.CO).toMatchObject({ value: null, reference: null, validDays: 0, sum: 0 });
  });
});

describe("the minimum of valid days", () => {
  const whole = (from: string, to: string, missing: string[]) => {
    const count = Temporal.PlainDate.from(from).until(to, { largestUnit: "days" }).days + 1;
    const days = daysFrom(from, count).filter((day) => !missing.includes(day.date));
    return periodStatistics(days, { from, to, asOf: to }, y2012).insufficient;
  };
  const dates = (from: string, count: number) => daysFrom(from, count).map((day) => day.date);
  const spread = (perMonth: number, months: number) =>
    Array.from({ length: months }, (_, m) =>
      dates(`2020-${String(m + 1).padStart(2, "0")}-01`, perMonth),
    ).flat();
  /** The first days of each month of 2019: four of the long ones, three of the short ones, some of February. */
  const scattered = (february: number) => [
    ...["01", "03", "05", "07", "08", "10", "12"].flatMap((m) => dates(`2019-${m}-01`, 4)),
    ...["04", "06", "09", "11"].flatMap((m) => dates(`2019-${m}-01`, 3)),
    ...dates("2019-02-01", february),
  ];

  test.each<[string, string, string, string[], string | null]>([
    ["February needs 25, in a leap year too", "2020-02-01", "2020-02-29", dates("2020-02-01", 4), null],
    ["February with 24", "2020-02-01", "2020-02-29", dates("2020-02-01", 5), "有效天数不足（24/25天）"],
    ["February of 28 days is a month like another", "2019-02-01", "2019-02-28", dates("2019-02-01", 3), null],
    [
      "February of 28 days with 24",
      "2019-02-01",
      "2019-02-28",
      dates("2019-02-01", 4),
      "有效天数不足（24/25天）",
    ],
    [
      "four weeks across two months",
      "2020-05-18",
      "2020-06-14",
      dates("2020-06-01", 4),
      "6月有效天数不足（10/11天）",
    ],
    [
      "four weeks across two months, each with three quarters",
      "2020-05-18",
      "2020-06-14",
      dates("2020-06-01", 3),
      null,
    ],
    [
      "27 days need three quarters of them all, wherever they lie",
      "2020-05-18",
      "2020-06-13",
      dates("2020-06-01", 6),
      null,
    ],
    ["27 days with 20", "2020-05-18", "2020-06-13", dates("2020-06-01", 7), "有效天数不足（20/21天）"],
    // 323 are too few for a calendar year only.
    ["a year that begins in February", "2019-02-01", "2019-12-31", scattered(3), null],
    ["a year that ends in November", "2019-01-01", "2019-11-30", scattered(3), null],
    ["a year with 324 days and every month valid", "2019-01-01", "2019-12-31", scattered(1), null],
    [
      "a month of the year before",
      "2019-05-10",
      "2020-05-20",
      dates("2019-05-10", 6),
      "2019年5月有效天数不足（16/17天）",
    ],
    [
      "a month of the year after",
      "2019-05-10",
      "2020-05-20",
      dates("2020-05-01", 6),
      "2020年5月有效天数不足（14/15天）",
    ],
    ["a year needs 324 days", "2020-01-01", "2020-12-31", spread(3, 12), null],
    [
      "a year with every month valid but 323 days",
      "2019-01-01",
      "2019-12-31",
      scattered(2),
      "有效天数不足（323/324天）",
    ],
    [
      "a year needs every month",
      "2020-01-01",
      "2020-12-31",
      dates("2020-07-01", 5),
      "7月有效天数不足（26/27天）",
    ],
    [
      "a quarter needs every month",
      "2020-04-01",
      "2020-06-30",
      dates("2020-05-01", 5),
      "5月有效天数不足（26/27天）",
    ],
    [
      "a partial month needs three quarters of its days",
      "2020-05-04",
      "2020-07-10",
      dates("2020-07-01", 3),
      "7月有效天数不足（7/8天）",
    ],
    ["a partial month with three quarters", "2020-05-04", "2020-07-10", dates("2020-07-01", 2), null],
    ["a week needs three quarters of its days", "2020-05-04", "2020-05-10", dates("2020-05-04", 1), null],
    ["a week with five", "2020-05-04", "2020-05-10", dates("2020-05-04", 2), "有效天数不足（5/6天）"],
    ["a week across two months is one span", "2020-06-29", "2020-07-05", dates("2020-06-29", 1), null],
    ["a single day needs itself", "2020-05-04", "2020-05-04", ["2020-05-04"], "有效天数不足（0/1天）"],
    [
      "months of two years carry the year",
      "2019-12-01",
      "2020-01-31",
      dates("2020-01-01", 9),
      "2020年1月有效天数不足（22/27天）",
    ],
  ])("%s", (_, from, to, missing, expected) => {
    expect(whole(from, to, missing)).toBe(expected);
  });
});

describe("a running period", () => {
  test("is never judged, and counts its days only so far", () => {
    const running = periodStatistics(daysFrom("2020-05-01", 3), { ...may, asOf: "2020-05-10" }, y2012);
    expect(running).toMatchObject({
      asOf: "2020-05-10",
      complete: false,
      sufficient: true,
      insufficient: null,
      days: { calendar: 10, valid: 3, missing: 7 },
    });
    expect(running.pollutants["PM2.5"]).toMatchObject({ value: 10, reference: null });
    expect(running.composite).not.toBeNull();
  });

  test("that has not begun counts nothing", () => {
    const ahead = periodStatistics([], { ...may, asOf: "2020-04-20" }, y2012);
    expect(ahead).toMatchObject({ complete: false, sufficient: true, days: { calendar: 0, missing: 0 } });
  });

  test("counts no further than its end", () => {
    expect(periodStatistics([], { ...may, asOf: "2020-08-01" }, y2012)).toMatchObject({
      asOf: "2020-05-31",
      complete: true,
      days: { calendar: 31 },
    });
  });
});

describe("a day with a missing item", () => {
  const days = daysFrom("2020-05-01", 31, (i) =>
    i === 0 ? { "PM2.5": 160, SO2: null } : i === 1 ? { NO2: null } : {},
  );

  test("is left out of the rate, unless a valid item already exceeds", () => {
    expect(periodStatistics(days, may, y2012)).toMatchObject({
      days: { valid: 30, good: 29, bad: 1, missing: 1, heavy: 1 },
      attainmentRatePct: 96.7,
      levels: { 重度: 1 },
    });
  });

  test("is always left out when that rule is switched off, but stays in the item's own figures", () => {
    const strict = periodStatistics(days, may, y2012, { knownExceedanceCounts: false });
    expect(strict).toMatchObject({ days: { valid: 29, bad: 0, missing: 2 }, exceedance: { "PM2.5": 1 } });
    expect(strict.pollutants["PM2.5"].validDays).toBe(31);
  });
});

describe("refuses", () => {
  const one = (date: string, values = {}): AirDay => ({ date, ...aDay(values) });
  test.each<[string, AirDay[]]>([
    ["a day before the period", [one("2020-04-30")]],
    ["a day after the last one counted", [one("2020-05-21")]],
    ["a date twice", [one("2020-05-01"), one("2020-05-01")]],
    ["a date that does not exist", [one("2020-05-32")]],
    ["a date in another form", [one("2020-5-01")]],
    ["a negative value", [one("2020-05-01", { PM10: -1 })]],
    ["a fractional value", [one("2020-05-01", { CO: 1.2 })]],
  ])("%s", (_, days) => {
    expect(() => periodStatistics(days, { ...may, asOf: "2020-05-20" }, y2012)).toThrow(RangeError);
  });
});

const someYear = fc
  .array(fc.option(someDay, { freq: 6 }), { minLength: 366, maxLength: 366 })
  .map((days) => daysFrom("2020-01-01", 366, (i) => days[i] ?? {}).filter((_, i) => days[i] !== null));

test("the order of the days does not matter", () => {
  const shuffled = someYear.chain((days) =>
    fc.tuple(fc.constant(days), fc.shuffledSubarray(days, { minLength: days.length })),
  );
  fc.assert(
    fc.property(shuffled, ([days, mixed]) => {
      expect(periodStatistics(mixed, year, y2012)).toEqual(periodStatistics(days, year, y2012));
    }),
    { seed: 1, numRuns: 20 },
  );
});

test("counts are those of the days one by one, and add up", () => {
  fc.assert(
    fc.property(
      someYear,
      fc.boolean(),
      fc.constantFrom(...Object.values(RULE_SETS)),
      (days, knownExceedanceCounts, set) => {
        const whole = periodStatistics(days, year, set, { knownExceedanceCounts });
        const each = days.map((day) => dayAqi(set, day, { knownExceedanceCounts }));
        for (const [name, n] of Object.entries(whole.levels)) {
          expect(n).toBe(each.filter((day) => day.level?.name === name).length);
        }
        for (const p of POLLUTANTS) {
          expect(whole.primary[p]).toBe(each.filter((day) => day.primary.includes(p)).length);
          expect(whole.exceedance[p]).toBe(each.filter((day) => day.exceeding.includes(p)).length);
          const values = days.map((day) => day[p]).filter((value) => value !== null);
          expect(whole.pollutants[p]).toMatchObject({
            validDays: values.length,
            sum: values.reduce((a, b) => a + b, 0),
          });
        }
        const { calendar, valid, good, bad, missing } = whole.days;
        expect([valid + missing, good + bad, calendar]).toEqual([calendar, valid, 366]);
        expect(bad).toBe(each.filter((day) => day.exceeds).length);
        expect(Object.values(whole.levels).reduce((a, b) => a + b, 0)).toBe(valid);
      },
    ),
    { seed: 2, numRuns: 20 },
  );
});
