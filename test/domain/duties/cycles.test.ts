import { expect, test } from "vitest";
import { cycleOn, cyclesOf, endedBy } from "../../../src/domain/duties/cycles.ts";

const seasons = [{ names: ["秋冬季"], from: "10-01", to: "03-31", source: "a plan" }];
const pack = { year: 2020, seasons };
const spans = (duty: Parameters<typeof cyclesOf>[0]) =>
  cyclesOf(duty, pack).map(({ from, to, label }) => `${label} ${from}..${to}`);

test("a duty of each month has twelve cycles, one of each quarter four, February as long as it is", () => {
  const months = spans({ cycle: "month" });
  expect(months).toHaveLength(12);
  expect(months[1]).toBe("2月 2020-02-01..2020-02-29");
  expect(spans({ cycle: "quarter" })).toEqual([
    "一季度 2020-01-01..2020-03-31",
    "二季度 2020-04-01..2020-06-30",
    "三季度 2020-07-01..2020-09-30",
    "四季度 2020-10-01..2020-12-31",
  ]);
});

test("a season that begins in the plan's year goes on across its end, as one cycle or as its months", () => {
  expect(spans({ cycle: "season", season: "秋冬季" })).toEqual(["秋冬季 2020-10-01..2021-03-31"]);
  const months = spans({ cycle: "month", season: "秋冬季" });
  expect(months).toHaveLength(6);
  expect(months.slice(2, 4)).toEqual(["12月 2020-12-01..2020-12-31", "2021年1月 2021-01-01..2021-01-31"]);
  expect(spans({ cycle: "month", season: "供暖季" })).toEqual([]);
});

test.each([
  ["2020-06-15", "6月", "5月"],
  ["2020-06-01", "6月", "5月"],
  ["2020-05-31", "5月", "4月"],
  ["2020-01-31", "1月", undefined],
  ["2021-01-01", undefined, "12月"],
])("on %s %s runs and %s is over", (day, running, over) => {
  const cycles = cyclesOf({ cycle: "month" }, pack);
  expect(cycleOn(cycles, day)?.label).toBe(running);
  expect(endedBy(cycles, day)?.label).toBe(over);
});
