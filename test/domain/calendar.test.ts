import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { officeCalendar, unknownYears, workingDaysBetween } from "../../src/domain/calendar.ts";
import type { OfficeCalendar } from "../../src/domain/plan/pack.ts";

const days = (...spans: [string, string?][]): string[] =>
  spans.flatMap(([first, last = first]) => {
    const list: string[] = [];
    for (
      let d = Temporal.PlainDate.from(first);
      Temporal.PlainDate.compare(d, last) <= 0;
      d = d.add({ days: 1 })
    ) {
      list.push(d.toString());
    }
    return list;
  });

const year2020: OfficeCalendar = {
  year: 2020,
  source: "国办发明电〔2019〕16号、〔2020〕1号",
  off: days(
    ["2020-01-01"],
    ["2020-01-24", "2020-02-02"],
    ["2020-04-04", "2020-04-06"],
    ["2020-05-01", "2020-05-05"],
    ["2020-06-25", "2020-06-27"],
    ["2020-10-01", "2020-10-08"],
  ),
  work: ["2020-01-19", "2020-04-26", "2020-05-09", "2020-06-28", "2020-09-27", "2020-10-10"],
};
const year2021: OfficeCalendar = {
  year: 2021,
  source: "",
  off: days(["2021-01-01", "2021-01-03"]),
  work: [],
};
const calendar = officeCalendar([year2020]);
const date = (iso: string) => Temporal.PlainDate.from(iso);

test("2020 has 249 working days", () => {
  expect(days(["2020-01-01", "2020-12-31"]).filter((d) => calendar.isWorkingDay(date(d)))).toHaveLength(249);
});

test.each([
  ["a weekday", "2020-06-15", true],
  ["a Sunday", "2020-06-14", false],
  ["a weekday in a statutory holiday", "2020-06-25", false],
  ["a make-up Sunday", "2020-06-28", true],
  ["31 January, off by the extension", "2020-01-31", false],
  ["1 February, its make-up day cancelled", "2020-02-01", false],
])("%s (%s): working day %s", (_, day, working) => {
  expect(calendar.isWorkingDay(date(day))).toBe(working);
});

test.each([
  ["over Spring Festival and its extension", "2020-01-22", 3, "2020-02-04"],
  ["over May Day", "2020-04-30", 3, "2020-05-08"],
  ["onto a make-up Sunday", "2020-06-24", 1, "2020-06-28"],
  ["from a day off", "2020-06-13", 1, "2020-06-15"],
  ["no days", "2020-06-13", 0, "2020-06-13"],
])("working days %s: %s + %i = %s", (_, from, n, due) => {
  expect(calendar.addWorkingDays(date(from), n).toString()).toBe(due);
});

test.each([
  ["a working day stays", "2020-06-15", 3, "2020-06-18"],
  ["a Saturday moves to Monday", "2020-06-15", 5, "2020-06-22"],
  ["a holiday moves to the make-up Sunday", "2020-06-22", 3, "2020-06-28"],
  ["0 days on a day off move too", "2020-10-01", 0, "2020-10-09"],
])("a calendar deadline: %s (%s + %i = %s)", (_, from, n, due) => {
  expect(calendar.dueAfterCalendarDays(date(from), n).toString()).toBe(due);
});

test.each([
  ["2020-05", 5, "2020-05-11"],
  ["2020-06", 5, "2020-06-05"],
  ["2020-02", 1, "2020-02-03"],
  ["2020-10", 1, "2020-10-09"],
])("in %s working day no. %i is %s", (month, n, day) => {
  expect(calendar.nthWorkingDayOfMonth(Temporal.PlainYearMonth.from(month), n).toString()).toBe(day);
});

test("refuses a day that the month lacks, and a number of days that is none", () => {
  const june = Temporal.PlainYearMonth.from("2020-06");
  expect(() => calendar.nthWorkingDayOfMonth(june, 23)).toThrow(RangeError);
  expect(() => calendar.nthWorkingDayOfMonth(june, 0)).toThrow(RangeError);
  expect(() => calendar.addWorkingDays(date("2020-06-01"), -1)).toThrow(RangeError);
  expect(() => calendar.dueAfterCalendarDays(date("2020-06-01"), -1)).toThrow(RangeError);
  expect(() => calendar.dueAfterCalendarDays(date("2020-06-01"), 1.5)).toThrow(RangeError);
});

test("a year without data has weekends only, and says that it isn't known", () => {
  expect(calendar.knows(2020)).toBe(true);
  expect(calendar.knows(2031)).toBe(false);
  expect(calendar.isWorkingDay(date("2031-10-01"))).toBe(true);
  expect(calendar.isWorkingDay(date("2031-10-04"))).toBe(false);
});

test.each([
  ["a week", "2020-06-15", "2020-06-22", 5],
  ["the last day isn't counted", "2020-06-15", "2020-06-15", 0],
  ["the first is", "2020-06-15", "2020-06-16", 1],
  ["a holiday and its make-up Sunday", "2020-06-24", "2020-06-29", 2],
])("working days between: %s", (_, from, to, n) => {
  expect(workingDaysBetween(from, to, calendar)).toBe(n);
});

test("years that nobody knows are named once each, in their order", () => {
  const on = [null, "2031-01-01", date("2029-05-01"), "2020-06-15", "2031-12-31"];
  expect(unknownYears(calendar, on)).toBe("未录入2029、2031年放假安排，按周末推算");
  expect(unknownYears(calendar, [null, "2020-06-15"])).toBeNull();
});

test("what was entered afterwards goes before what its year said, and a day off bears its name", () => {
  const entered = officeCalendar(
    [year2020],
    [
      { date: "2020-06-25", kind: "work", name: "端午节" },
      { date: "2020-06-29", kind: "off", name: "运河节" },
      { date: "2020-06-30", kind: "off" },
      { date: "2031-10-01", kind: "off", name: "国庆节" },
    ],
  );
  const on = ["2020-06-25", "2020-06-26", "2020-06-29", "2020-06-30", "2031-10-01"].map(date);
  expect(on.map((day) => entered.isWorkingDay(day))).toEqual([true, false, false, false, false]);
  expect(on.map((day) => entered.nameOf(day))).toEqual([null, null, "运河节", null, "国庆节"]);
  expect([2020, 2031, 2030].map((year) => entered.knows(year))).toEqual([true, true, false]);
});

test("n working days later lie exactly n working days, and the last one is worked", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 365 }), fc.integer({ min: 1, max: 40 }), (offset, n) => {
      const from = date("2020-01-01").add({ days: offset });
      const due = calendar.addWorkingDays(from, n);
      const between = days([from.add({ days: 1 }).toString(), due.toString()]);
      expect(between.filter((d) => calendar.isWorkingDay(date(d)))).toHaveLength(n);
      expect(calendar.isWorkingDay(due)).toBe(true);
    }),
    { numRuns: 60, seed: 2020 },
  );
});

const printed = parse(readFileSync("test/cases/figures.yaml", "utf8")).calendar as {
  assigned: string;
  term: string;
  due: string;
  warning: number | null;
}[];

test.each(printed)(
  "$term from $assigned ends on $due, and says so where it rests on weekends alone",
  (row) => {
    const known = officeCalendar([year2020, { year: 2019, source: "", off: [], work: [] }, year2021]);
    const due = known.addWorkingDays(date(row.assigned), Number.parseInt(row.term, 10));
    expect(due.toString()).toBe(row.due);
    const warning = row.warning === null ? null : `未录入${row.warning}年放假安排，按周末推算`;
    expect(unknownYears(known, [due])).toBe(warning);
  },
);
