import { afterAll, beforeAll, expect, test } from "vitest";
import { asideOf } from "../../src/intake/aside.ts";
import { faultsOf, importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-16T08:00" });
});
afterAll(() => office.close());

const HEAD = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h";
const REST = "55,8,20,0.7,120";
const haian = async (date: string) => {
  const [day] = await office.bot.store.read((r) => r.air.days("haian", date, date));
  return day?.["PM2.5"];
};

test.each([
  ...["月均", "月平均", "6月均值", "1-6月平均", "年均", "全市均值", "平均浓度", "去年同期", "同比", "环比"],
  ...["第95百分位数", "二级标准限值", "标准值", "有效天数", "样本数", "月均值（6月）"],
])("a row of %s is of no day and no place: it is left out, and said", (label) => {
  expect([asideOf([label, "", "31"]), asideOf(["1", label, "31"])]).toEqual([
    "合计、平均等行",
    "合计、平均等行",
  ]);
});

test.each(["2020-06-03", "6月3日", "6月", "上周", "海安", "日", "优良率", "超标天数", "年度", "率"])(
  "%s may be a day, a place or an item, and its row is read",
  (label) => {
    expect(asideOf([label, "海安", "31"])).toBeNull();
  },
);

test("a mean below a month's days doesn't keep the month out", async () => {
  const result = await importText(office, [HEAD, `2020-06-13,海安,31,${REST}`, `月均,,44,${REST}`]);
  expect(result).toMatchObject({
    rows: 1,
    read: { lines: [expect.stringMatching(/^读入：第2行/), "略过：第3行（合计、平均等行）"] },
  });
});

test("6月13日 as a head is a day of the title's year; without a year nobody knows which", async () => {
  const rows = ["县区,6月13日,6月14日", "海安,41,42", "如皋,43,44"];
  expect(await importText(office, ["2020年6月各地PM2.5日均浓度", ...rows])).toMatchObject({ rows: 4 });
  expect([await haian("2020-06-13"), await haian("2020-06-14")]).toEqual([41, 42]);
  expect(await importText(office, ["各地PM2.5日均浓度", ...rows])).toMatchObject({ code: "import-rejected" });
});

test("a date may carry its day of the week", async () => {
  const rows = [`2020-06-13 星期六,海安,51,${REST}`, `2020年6月14日（周日）,海安,52,${REST}`];
  expect(await importText(office, [HEAD, ...rows])).toMatchObject({ rows: 2, rejected: [] });
  expect([await haian("2020-06-13"), await haian("2020-06-14")]).toEqual([51, 52]);
});

test.each([
  [HEAD, "0"],
  [HEAD, "0.0"],
  [HEAD.replace("PM2.5", "PM2.5(μg/m³)"), "0.4"],
])("particles of none are no day's mean, however they are written: %s %s", async (head, value) => {
  const result = await importText(office, [head, `2020-06-13,海安,${value},${REST}`]);
  expect(faultsOf(result)).toEqual([expect.stringMatching(/^2 PM2\.5.* .*(不会是0|不足1)/)]);
});

test("a row that stands twice counts once, and the answer says how many did", async () => {
  const row = `2020-06-12,海安,33,${REST}`;
  const result = await importText(office, [HEAD, row, row, `2020-06-12,海安市,33,${REST}`]);
  expect(result).toMatchObject({
    rows: 1,
    read: { lines: expect.arrayContaining(["另有2行与前面的行内容相同，不重复计"]) },
  });
});

test("who filled a ledger in and when stands above its heads and isn't part of them; its title gives days their year", async () => {
  const result = await importText(office, [
    "2020年大气污染防治问题清单,,,,,",
    "填报单位：攻坚办,,,,填报日期：2020年6月12日,",
    "序号,县区,点位/企业,问题描述,交办时间,整改时限",
    "1,海安,人民路工地,裸土未覆盖,6月10日,2020-06-30",
  ]);
  expect(faultsOf(result)).toEqual([]);
  expect(result).toMatchObject({
    rows: 1,
    read: { tables: [{ columns: expect.arrayContaining([{ head: "交办时间", column: "交办时间" }]) }] },
  });
});
