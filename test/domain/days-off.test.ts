import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { officeCalendar, type StatutoryDay } from "../../src/domain/calendar.ts";
import { madeUpDays, runsOff } from "../../src/domain/days-off.ts";
import { holidayName } from "../../src/domain/holiday-words.ts";

const date = (iso: string) => Temporal.PlainDate.from(iso);
const span = (from: string, to: string) => ({ from: date(from), to: date(to) });
const year2021 = { year: 2021, source: "", off: ["2021-01-01"], work: ["2021-02-07"] };

describe("days that were entered go before what the pack says of them", () => {
  test("a holiday that is extended: one day more off, a make-up day cancelled, the rest as it was", () => {
    const calendar = officeCalendar(
      [year2021],
      [
        { date: "2021-01-04", kind: "off" },
        { date: "2021-02-07", kind: "off" },
      ],
    );
    expect(["2021-01-01", "2021-01-04", "2021-02-07"].map((day) => calendar.isWorkingDay(date(day)))).toEqual(
      [false, false, false],
    );
    expect(calendar.isWorkingDay(date("2021-01-05"))).toBe(true);
  });

  test("a day off that is worked after all", () => {
    const calendar = officeCalendar([year2021], [{ date: "2021-01-01", kind: "work" }]);
    expect(calendar.isWorkingDay(date("2021-01-01"))).toBe(true);
  });

  test("a year that nobody knew is known from then on, and no other", () => {
    const calendar = officeCalendar([year2021], [{ date: "2027-01-01", kind: "off" }]);
    expect([2021, 2026, 2027].map(calendar.knows)).toEqual([true, false, true]);
  });

  test("whatever is entered counts, whatever it was before", () => {
    const day = fc.record({
      date: fc.integer({ min: 0, max: 364 }).map((n) => date("2021-01-01").add({ days: n }).toString()),
      kind: fc.constantFrom<StatutoryDay["kind"]>("off", "work"),
    });
    fc.assert(
      fc.property(fc.uniqueArray(day, { selector: (one) => one.date }), (days) => {
        const calendar = officeCalendar([year2021], days);
        for (const one of days) expect(calendar.isWorkingDay(date(one.date))).toBe(one.kind === "work");
      }),
    );
  });
});

const calendar = officeCalendar([
  {
    year: 2020,
    source: "",
    off: ["2020-10-01", "2020-10-02", "2020-10-05", "2020-10-06", "2020-10-07", "2020-10-08", "2020-01-01"],
    work: ["2020-09-27", "2020-10-10"],
  },
]);

test("a run of days off is more than a weekend, and is cut at the ends of the period", () => {
  const runs = (from: string, to: string) =>
    runsOff(span(from, to), calendar).map((run) => [run.from.toString(), run.to.toString()]);
  expect(runs("2020-01-01", "2020-12-31")).toEqual([
    ["2020-01-01", "2020-01-01"],
    ["2020-10-01", "2020-10-08"],
  ]);
  expect(runs("2020-10-06", "2020-10-31")).toEqual([["2020-10-06", "2020-10-08"]]);
  expect(runs("2020-09-30", "2020-10-01")).toEqual([["2020-10-01", "2020-10-01"]]);
  expect(runs("2020-10-09", "2020-10-31")).toEqual([]);
});

test("days at a weekend that are worked", () => {
  expect(madeUpDays(span("2020-09-27", "2020-10-10"), calendar).map(String)).toEqual([
    "2020-09-27",
    "2020-10-10",
  ]);
});

test.each([
  ["2020-10-01", "2020-10-08", "中秋、国庆"],
  ["2020-01-24", "2020-02-02", "春节"],
  ["2019-12-31", "2020-01-01", "元旦"],
  ["2020-07-01", "2020-07-02", ""],
])("%s to %s is %s", (from, to, name) => {
  expect(holidayName(span(from, to), calendar)).toBe(name);
});
