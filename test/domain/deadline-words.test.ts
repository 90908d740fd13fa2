import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Counting, readDeadline } from "../../src/domain/deadline-words.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { officeOf } from "../../src/office/office.ts";

let counting: Counting;
beforeAll(async () => {
  const { calendar } = officeOf(await loadPlanPack(join(import.meta.dirname, "../../seeds/nantong-2020")));
  counting = { today: Temporal.PlainDate.from("2020-06-15"), calendar, atOnce: 3 };
});

const read = (said: string) => {
  const found = readDeadline(said, counting);
  if (found === null) return null;
  return "invalid" in found ? "invalid" : found.doubt ? `${found.date}?` : found.date.toString();
};

describe("a deadline, said on Monday 15 June 2020", () => {
  test.each([
    ["三天", "2020-06-18"],
    ["三个工作日", "2020-06-18"],
    ["8个工作日", "2020-06-28"],
    ["3日内", "2020-06-18"],
    ["十日内", "2020-06-28"],
    ["一周内", "2020-06-22"],
    ["两星期", "2020-06-29"],
    ["半个月内", "2020-06-30"],
    ["一个月内", "2020-07-15"],
    ["24小时内", "2020-06-16"],
    ["48小时", "2020-06-17"],
    ["12小时内", "2020-06-16?"],
    ["本周五", "2020-06-19"],
    ["本周五前", "2020-06-19"],
    ["周五下班前", "2020-06-19"],
    ["下周三前", "2020-06-24"],
    ["本周末", "2020-06-21?"],
    ["本周内", "2020-06-19?"],
    ["月底前", "2020-06-30"],
    ["本月底", "2020-06-30"],
    ["下月底前", "2020-07-31"],
    ["年底前", "2020-12-31"],
    ["6月18日前", "2020-06-18"],
    ["6月18日下班前", "2020-06-18"],
    ["6.18", "2020-06-18"],
    ["6.18前", "2020-06-18"],
    ["18日前", "2020-06-18"],
    ["18号前", "2020-06-18"],
    ["最迟6月18日", "2020-06-18"],
    ["不超过3天", "2020-06-18"],
    ["10日前", "2020-07-10?"],
    ["限6月18日", "2020-06-18"],
    ["限于6月18日前", "2020-06-18"],
    ["限5个工作日", "2020-06-22"],
    ["2020-06-24", "2020-06-24"],
    ["明天", "2020-06-16"],
    ["明天下班前", "2020-06-16"],
    ["后天", "2020-06-17"],
    ["今天下班前", "2020-06-15"],
    ["立即", "2020-06-18"],
    ["立即整改", "2020-06-18"],
    ["立行立改", "2020-06-18"],
    ["节后第一个工作日", "2020-06-28"],
    ["端午节前", "2020-06-24"],
    ["6月31日", "invalid"],
    ["0天", "invalid"],
  ])("%s is %s", (said, expected) => {
    expect(read(said)).toBe(expected);
  });

  test.each(["6号", "高考前", "尽快", "海安", "5月", "toString", "前", ""])("%s is none", (said) => {
    expect(read(said)).toBe(null);
  });
});

describe("a date without a year around the turn of it", () => {
  test.each([
    ["2020-12-28", "1月6日", "2021-01-06?"],
    ["2020-12-28", "1.6前", "2021-01-06?"],
    ["2020-11-02", "1月31日", "2021-01-31?"],
    ["2020-12-28", "12月20日", "2020-12-20"],
    ["2020-12-28", "2020-01-06", "2020-01-06"],
    ["2020-06-15", "1月6日", "2020-01-06"],
    ["2020-12-28", "12月30日", "2020-12-30"],
    ["2021-01-04", "12月30日", "2021-12-30"],
  ])("on %s %s is %s", (today, said, due) => {
    const found = readDeadline(said, { ...counting, today: Temporal.PlainDate.from(today) });
    if (found === null || "invalid" in found) throw new Error(`${said} isn't read`);
    expect(`${found.date}${found.doubt ? "?" : ""}`).toBe(due);
  });
});
