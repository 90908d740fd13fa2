import { describe, expect, test } from "vitest";
import type { AirDay } from "../../../src/domain/air/day.ts";
import { closedMean, monthMeans, seasonOf } from "../../../src/domain/air/season.ts";

const usual = { PM10: 60, SO2: 8, NO2: 25, CO: 7, O3_8h: 120 };
/** A year of days of one PM2.5 mean each month, as `of` says by month from 1; null: a month of missing days. */
const yearOf = (year: number, of: (month: number) => number | null): AirDay[] => {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  return Array.from({ length: first.daysInYear }, (_, i) => {
    const date = first.add({ days: i });
    return { date: date.toString(), "PM2.5": of(date.month), ...usual };
  });
};
const spoilt = (days: readonly AirDay[], month: string, n: number) => {
  let left = n;
  return days.map((day) => (day.date.startsWith(month) && left-- > 0 ? { ...day, "PM2.5": null } : day));
};

describe("a mean of earlier days is one only where their days suffice", () => {
  const days = yearOf(2019, () => 40);
  test.each([
    ["2019-05", 4, { sum: 40 * 27, days: 27 }],
    ["2019-05", 5, null],
    ["2019-02", 3, { sum: 40 * 25, days: 25 }],
    ["2019-02", 4, null],
  ])("%s with %i days missing", (month, missing, expected) => {
    const at = Number(month.slice(5));
    expect(monthMeans(spoilt(days, month, missing), 2019)[at - 1]).toEqual(expected);
  });

  test("half a month needs three quarters of its days, and one bad month spoils the year", () => {
    expect(closedMean(spoilt(days, "2019-05", 4), "2019-05-01", "2019-05-16")).toEqual({
      sum: 480,
      days: 12,
    });
    expect(closedMean(spoilt(days, "2019-05", 5), "2019-05-01", "2019-05-16")).toBeNull();
    expect(closedMean(spoilt(days, "2019-05", 5), "2019-01-01", "2019-12-31")).toBeNull();
    expect(closedMean([], "2019-05-01", "2019-05-31")).toBeNull();
  });
});

test("the season is cut at the same dates, and its extremes are of the years that there are", () => {
  const years = [yearOf(2019, (m) => (m > 6 ? 50 : 30)), yearOf(2018, (m) => (m > 6 ? 60 : 30)), []];
  const season = seasonOf(years, { from: "2020-01-01", to: "2020-12-31" }, "2020-06-30");
  expect(season).toMatchObject({ same: { sum: 30 * 181, days: 181 }, rest: { sum: 50 * 184, days: 184 } });
  expect([season.best?.toNumber(), season.worst?.toNumber()]).toEqual([50, 60]);
});

test("before a period nothing has come yet, behind it nothing is to come", () => {
  const years = [yearOf(2019, () => 30)];
  const whole = { sum: 30 * 31, days: 31 };
  const december = { from: "2020-12-01", to: "2020-12-31" };
  expect(seasonOf(years, december, "2020-11-30")).toMatchObject({ same: null, whole, rest: whole });
  expect(seasonOf(years, december, "2020-12-31")).toMatchObject({ same: whole, rest: null, best: null });
});
