import { expect, test } from "vitest";
import { requirementsOf, shortfall } from "../../../src/domain/air/sufficiency.ts";

type Span = [label: string, days: number, required: number];
const spansOf = (from: string, to: string) => {
  const { spans, total } = requirementsOf(from, to);
  return {
    spans: spans.map(({ label, days, required }): Span => [label, days, required]),
    total: total && [total.label, total.days, total.required],
  };
};

test.each<[string, string, Span[]]>([
  // 75 % of less than a month, rounded up.
  ["2020-06-15", "2020-06-15", [["", 1, 1]]],
  ["2020-06-15", "2020-06-18", [["", 4, 3]]],
  ["2020-06-15", "2020-06-19", [["", 5, 4]]],
  ["2020-06-08", "2020-06-14", [["", 7, 6]]],
  ["2020-06-01", "2020-06-27", [["", 27, 21]]],
  ["2020-05-20", "2020-06-15", [["", 27, 21]]],
  // A calendar month by the standard, February by its own, leap year or not.
  ["2020-06-01", "2020-06-30", [["", 30, 27]]],
  ["2020-05-01", "2020-05-31", [["", 31, 27]]],
  ["2020-02-01", "2020-02-29", [["", 29, 25]]],
  ["2019-02-01", "2019-02-28", [["", 28, 25]]],
  ["2020-05-02", "2020-05-31", [["", 30, 23]]],
  ["2020-02-01", "2020-02-28", [["", 28, 21]]],
  // Longer than a month: each of its months, whole ones by the standard.
  [
    "2020-05-20",
    "2020-06-30",
    [
      ["5月", 12, 9],
      ["6月", 30, 27],
    ],
  ],
  [
    "2020-01-01",
    "2020-03-02",
    [
      ["1月", 31, 27],
      ["2月", 29, 25],
      ["3月", 2, 2],
    ],
  ],
  [
    "2019-12-16",
    "2020-01-31",
    [
      ["2019年12月", 16, 12],
      ["2020年1月", 31, 27],
    ],
  ],
])("from %s to %s: %j", (from, to, spans) => {
  expect(spansOf(from, to)).toEqual({ spans, total: null });
});

test.each<[string, string, number, [string, number, number] | null]>([
  ["2020-01-01", "2020-12-31", 12, ["", 366, 324]],
  ["2019-01-01", "2019-12-31", 12, ["", 365, 324]],
  ["2020-01-01", "2020-11-30", 11, null],
  ["2020-02-01", "2020-12-31", 11, null],
  ["2019-01-01", "2020-12-31", 24, null],
  // The same months of two years aren't mixed up.
  ["2019-06-10", "2020-06-20", 13, null],
])("from %s to %s it is %i months, and the year's total is %j", (from, to, months, total) => {
  const found = spansOf(from, to);
  expect([found.spans.length, found.total]).toEqual([months, total]);
});

test("the first and the last month alone are partial, though the others bear their numbers", () => {
  const { spans } = spansOf("2019-06-10", "2020-06-20");
  expect(spans.filter(([, days, required]) => required !== (days < 30 && days > 27 ? 25 : 27))).toEqual([
    ["2019年6月", 21, 16],
    ["2020年6月", 20, 15],
  ]);
});

const year = requirementsOf("2020-01-01", "2020-12-31");
const month = requirementsOf("2020-06-01", "2020-06-30");
const all = (days: number) => year.spans.map(() => days);

test.each([
  ["a month with 27 days", month, [27], null],
  ["a month with 26", month, [26], "有效天数不足（26/27天）"],
  ["a month without any", month, [], "有效天数不足（0/27天）"],
  ["a year of 27 days a month has 324", year, all(27), null],
  ["one whose May lacks one", year, all(28).with(4, 26), "5月有效天数不足（26/27天）"],
  ["of two months the first", year, all(28).with(4, 26).with(1, 20), "2月有效天数不足（20/25天）"],
  ["one that lacks one in all", year, all(27).with(1, 26), "有效天数不足（323/324天）"],
])("%s is published, or why not", (_, requirements, valid, says) => {
  expect(shortfall(requirements, valid)).toBe(says);
});
