import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Calendar } from "../../src/domain/calendar.ts";
import { readHoliday } from "../../src/domain/holiday-words.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import { readSeason } from "../../src/domain/season-words.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { officeOf } from "../../src/office/office.ts";

const today = Temporal.PlainDate.from("2020-06-15");
const spanOf = (found: ReturnType<typeof readHoliday>) =>
  found === null ? null : "invalid" in found ? "invalid" : `${found.from}..${found.to}`;

describe("a period in everyday words, said on Monday 15 June 2020", () => {
  test.each([
    ["六月上旬", "2020-06-01..2020-06-10"],
    ["5月下旬", "2020-05-21..2020-05-31"],
    ["2月下旬", "2020-02-21..2020-02-29"],
    ["上半月", "2020-06-01..2020-06-15"],
    ["5月下半月", "2020-05-16..2020-05-31"],
    ["上月中旬", "2020-05-11..2020-05-20"],
    ["6月第2周", "2020-06-08..2020-06-14"],
    ["6月第二周", "2020-06-08..2020-06-14"],
    // The first of May was a Friday: most of that week lies in April.
    ["5月第1周", "2020-05-04..2020-05-10"],
    ["4月第5周", "2020-04-27..2020-05-03"],
    ["5月第5周", "invalid"],
    ["本月第1周", "2020-06-01..2020-06-07"],
    ["近7天", "2020-06-08..2020-06-14"],
    ["最近一周", "2020-06-08..2020-06-14"],
    ["最近30天", "2020-05-16..2020-06-14"],
    ["近三个月", "2020-03-15..2020-06-14"],
    ["今天到年底", "2020-06-15..2020-12-31"],
    ["7月1日至今年年底", "2020-07-01..2020-12-31"],
    ["今天到月底", "2020-06-15..2020-06-30"],
    ["6月20日至9月底", "2020-06-20..2020-09-30"],
    ["截至昨天", "2020-01-01..2020-06-14"],
    ["截至6月10日", "2020-01-01..2020-06-10"],
    ["截至5月底", "2020-01-01..2020-05-31"],
    ["今年以来", "2020-01-01..2020-12-31"],
    ["年初以来", "2020-01-01..2020-12-31"],
    ["5月以来", "2020-05-01..2020-06-15"],
    ["去年同期", "2019-01-01..2019-06-14"],
    ["前5个月", "2020-01-01..2020-05-31"],
    ["前三季度", "2020-01-01..2020-09-30"],
    ["1-5月份", "2020-01-01..2020-05-31"],
    ["6.1-6.14", "2020-06-01..2020-06-14"],
    ["6月1日到14日", "2020-06-01..2020-06-14"],
    ["二〇二〇年五月", "2020-05-01..2020-05-31"],
    ["第二季度", "2020-04-01..2020-06-30"],
    ["去年上半年", "2019-01-01..2019-06-30"],
    ["上上周", "2020-06-01..2020-06-07"],
    ["上周五", "2020-06-12..2020-06-12"],
    ["6.12", "2020-06-12..2020-06-12"],
    ["13月", "invalid"],
    ["2月30日", "invalid"],
    ["海安以来", null],
    ["截至何时", null],
  ])("%s is %s", (said, expected) => {
    expect(spanOf(parsePeriod(said, today))).toBe(expected);
  });
});

describe("a holiday is the days off around it, by the office's calendar", () => {
  let calendar: Calendar;
  beforeAll(async () => {
    calendar = officeOf(await loadPlanPack(join(import.meta.dirname, "../../seeds/nantong-2020"))).calendar;
  });
  test.each([
    ["春节期间", "2020-01-24..2020-02-02"],
    ["去年春节", "2019-02-04..2019-02-10"],
    ["清明", "2020-04-04..2020-04-06"],
    ["五一假期", "2020-05-01..2020-05-05"],
    ["端午节", "2020-06-25..2020-06-27"],
    ["国庆长假", "2020-10-01..2020-10-08"],
    ["2019年国庆", "2019-10-01..2019-10-07"],
    ["2016年国庆", "invalid"],
    ["高考", null],
  ])("%s is %s", (said, expected) => {
    expect(spanOf(readHoliday(said, today, calendar))).toBe(expected);
  });
});

describe("a season is what the plan pack says, from the year in which it begins", () => {
  const seasons = [
    { names: ["秋冬季"], from: "10-01", to: "03-31", source: "a plan" },
    { names: ["供暖季", "采暖季"], from: "11-15", to: "03-15", source: "a plan" },
    { names: ["夏秋季"], from: "06-01", to: "09-30", source: "a plan" },
  ];
  test.each([
    ["秋冬季", "2019-10-01..2020-03-31"],
    ["上个秋冬季", "2019-10-01..2020-03-31"],
    ["秋冬季期间", "2019-10-01..2020-03-31"],
    ["去年秋冬季", "2019-10-01..2020-03-31"],
    ["今年秋冬季", "2020-10-01..2021-03-31"],
    ["2018年秋冬季", "2018-10-01..2019-03-31"],
    ["2018-2019年秋冬季", "2018-10-01..2019-03-31"],
    ["2019~2020年秋冬季", "2019-10-01..2020-03-31"],
    ["采暖季", "2019-11-15..2020-03-15"],
    ["夏秋季", "2020-06-01..2020-09-30"],
    ["上个夏秋季", "2019-06-01..2019-09-30"],
    ["冬季", "invalid"],
    ["供热季", "invalid"],
    ["秋冬季节", null],
    ["海安秋冬季", null],
  ])("%s is %s", (said, expected) => {
    expect(spanOf(readSeason(said, today, seasons))).toBe(expected);
  });

  test("the one that runs is meant while it runs", () => {
    for (const day of ["2019-10-01", "2019-12-31", "2020-01-01", "2020-03-31"])
      expect(spanOf(readSeason("秋冬季", Temporal.PlainDate.from(day), seasons))).toBe(
        "2019-10-01..2020-03-31",
      );
  });

  test("where the plan has none, it says so and what to type, which is then read", () => {
    const read = readSeason("秋冬季", today, []);
    const why = read !== null && "invalid" in read ? read.invalid : "";
    expect(why).toBe("计划没有规定“秋冬季”是哪几个月，请写明起止，例如“2019年10月至2020年3月”。");
    expect(spanOf(parsePeriod(/例如“(.+)”/.exec(why)?.[1] ?? "", today))).toBe("2019-10-01..2020-03-31");
  });
});
