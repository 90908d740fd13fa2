import { expect, test } from "vitest";
import { officeCalendar } from "../../../src/domain/calendar.ts";
import { indicatorStanding, type LagLevel, lagOrder, lastDueCycle } from "../../../src/domain/plan/lag.ts";

const calendar = officeCalendar([]);
const settings = {
  reporting: { cycle: "month", dueWorkingDay: 5 },
  lag: { yellowBelowPct: 95, redBelowPct: 85 },
} as const;
const date = (iso: string) => Temporal.PlainDate.from(iso);

type Case = {
  pace?: "linear" | "deadline" | "always";
  direction?: "at-least" | "at-most";
  value?: string;
  deadline?: string;
  actual?: string;
  on?: string;
  asOf?: string;
};

/** 366 in the leap year 2020: one a day, 183 by 1 July, reported on that day unless the case says otherwise. */
function standing({
  pace = "linear",
  direction = "at-least",
  value = "366",
  deadline = "2020-12-31",
  actual,
  on,
  asOf = "2020-07-01",
}: Case) {
  const report = actual === undefined ? null : { value: actual, date: date(on ?? asOf) };
  return indicatorStanding({
    indicator: { value, deadline, pace, direction },
    actual: report,
    asOf: date(asOf),
    calendar,
    settings,
  });
}
function judged(c: Case) {
  const { pacePct, behindPct, level } = standing(c);
  return [pacePct, behindPct, level];
}

test.each<[string, Case, [number | null, number | null, LagLevel]]>([
  ["on pace", { actual: "183" }, [100, 0, "绿"]],
  ["ahead", { actual: "200" }, [109.3, 0, "绿"]],
  ["95 % is still green", { actual: "173.85" }, [95, 5, "绿"]],
  ["94.9 % is yellow", { actual: "173.7" }, [94.9, 5.1, "黄"]],
  ["85 % is still yellow", { actual: "155.55" }, [85, 15, "黄"]],
  ["84.9 % is red", { actual: "155.4" }, [84.9, 15.1, "红"]],
  ["nothing done", { actual: "0" }, [0, 100, "红"]],
])("at least, linear: %s", (_, given, expected) => {
  expect(judged(given)).toEqual(expected);
});

test("judges the published percentage: an exact 94.95 % is printed 95.0 (half to even) and green", () => {
  expect(judged({ value: "2000", pace: "always", actual: "1899" })).toEqual([95, 5, "绿"]);
  expect(judged({ value: "2000", pace: "always", actual: "1897" })).toEqual([94.8, 5.2, "黄"]);
});

test("a percentage of an expectation without end is exact: 95 % of a third isn't lost to rounding", () => {
  // 1 of 3 due by the 122nd day of 366: expected 1, done 0.95.
  expect(judged({ value: "3", actual: "0.95", asOf: "2020-05-01" })).toEqual([95, 5, "绿"]);
  expect(judged({ value: "1", actual: "0.475", asOf: "2020-07-01" })).toEqual([95, 5, "绿"]);
});

test.each<[string, Case, [number | null, number | null, LagLevel]]>([
  ["kept", { actual: "4" }, [111.1, 0, "绿"]],
  ["exactly at the cap", { actual: "4.5" }, [100, 0, "绿"]],
  ["5 % over", { actual: "4.725" }, [95, 5, "绿"]],
  ["10 % over", { actual: "4.95" }, [90, 10, "黄"]],
  ["20 % over", { actual: "5.4" }, [80, 20, "红"]],
])("at most: %s", (_, given, expected) => {
  expect(judged({ value: "4.5", direction: "at-most", pace: "always", ...given })).toEqual(expected);
});

test("a cap of nothing is kept or broken", () => {
  const none: Case = { value: "0", direction: "at-most", pace: "always" };
  expect(judged({ ...none, actual: "0" })).toEqual([100, 0, "绿"]);
  expect(judged({ ...none, actual: "1" })).toEqual([0, 100, "红"]);
});

test.each<[string, Case, LagLevel]>([
  ["missed by a hair", { actual: "181", asOf: "2020-06-30" }, "红"],
  ["reached on the day", { actual: "182", asOf: "2020-06-30" }, "绿"],
  ["missed weeks ago, reported since", { actual: "181", on: "2020-07-20", asOf: "2020-08-20" }, "红"],
  ["the day before, near enough", { actual: "181", asOf: "2020-06-29" }, "绿"],
])("once the deadline has passed nearly is red: %s", (_, given, level) => {
  expect(standing({ value: "182", deadline: "2020-06-30", ...given }).level).toBe(level);
});

test.each<[string, Case, [number | null, number | null, LagLevel]]>([
  ["not due, not reached", { actual: "3" }, [null, null, null]],
  ["reached early", { actual: "10" }, [null, 0, "绿"]],
  ["not due, not reported", {}, [null, null, "灰"]],
  ["due and reached", { actual: "10", asOf: "2020-09-30" }, [100, 0, "绿"]],
  ["due and missed", { actual: "9.9", asOf: "2020-09-30" }, [99, 1, "红"]],
])("deadline-paced: %s", (_, given, expected) => {
  expect(judged({ pace: "deadline", value: "10", deadline: "2020-09-30", ...given })).toEqual(expected);
});

test.each<[string, Case, LagLevel]>([
  ["never reported", {}, "灰"],
  ["May's report in, June's not yet due", { actual: "183", on: "2020-05-31", asOf: "2020-07-06" }, "绿"],
  ["May's report in, June's due since today", { actual: "183", on: "2020-05-31", asOf: "2020-07-07" }, "灰"],
  ["June's report in, of any of its days", { actual: "188", on: "2020-06-01", asOf: "2020-07-07" }, "绿"],
  ["a good but old report isn't green", { actual: "360", on: "2020-02-28" }, "灰"],
  ["finished long ago, at least", { actual: "366", on: "2020-02-28" }, "绿"],
  [
    "kept in February, but it must hold always",
    { pace: "always", value: "1", actual: "1", on: "2020-02-28" },
    "灰",
  ],
  ["a cap kept in February may still break", { direction: "at-most", actual: "1", on: "2020-02-28" }, "灰"],
  ["January isn't due yet", { asOf: "2020-02-06" }, null],
  ["January is due", { asOf: "2020-02-07" }, "灰"],
  [
    "after its deadline an indicator is asked for no more",
    { deadline: "2020-06-30", actual: "300", on: "2020-06-30", asOf: "2020-11-30" },
    "红",
  ],
  [
    "but its last month is",
    { deadline: "2020-06-30", actual: "300", on: "2020-05-31", asOf: "2020-11-30" },
    "灰",
  ],
  [
    "a cap held on the deadline is finished",
    { direction: "at-most", deadline: "2020-06-30", actual: "1", on: "2020-06-30", asOf: "2020-11-30" },
    "绿",
  ],
])("grey: %s", (_, given, level) => {
  expect(standing(given).level).toBe(level);
});

test("a grey standing shows what was last reported, unjudged", () => {
  const { actual, expected, pacePct, behindPct } = standing({ actual: "90", on: "2020-03-31" });
  expect([actual?.toFixed(), expected?.toFixed(), pacePct, behindPct]).toEqual(["90", "183", null, null]);
});

test.each([
  ["2020-06-04", "2020-04"],
  ["2020-06-05", "2020-05"],
  ["2020-06-30", "2020-05"],
  ["2020-01-07", "2019-12"],
])("at the end of %s the newest month due is %s", (asOf, month) => {
  expect(lastDueCycle(date(asOf), calendar, 5).toString()).toBe(month);
});

test("sorts worst first: red by distance, yellow, grey, green, not due", () => {
  const rows: { level: LagLevel; behindPct: number | null }[] = [
    { level: null, behindPct: null },
    { level: "绿", behindPct: 3 },
    { level: "灰", behindPct: null },
    { level: "红", behindPct: 20 },
    { level: "黄", behindPct: 10 },
    { level: "红", behindPct: 80 },
    { level: "绿", behindPct: 0 },
  ];
  expect(rows.toSorted(lagOrder).map((r) => `${r.level}${r.behindPct}`)).toEqual([
    "红80",
    "红20",
    "黄10",
    "灰null",
    "绿3",
    "绿0",
    "nullnull",
  ]);
});
