import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

// What is done now and then for the plan is written down once: who, when, where, and what came of it.
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
});
afterAll(() => office.close());

test("one sentence writes it down, nobody is told, and whoever asks finds it", async () => {
  const done = await office.says("海安联络员", "记录 走航 “高值2处，已通报园区” 地点 化工园区北侧 6月12日");
  expect(done.facts.record).toMatchObject({
    ...{ kind: "mobile-survey", county: "海安", date: "2020-06-12" },
    ...{ place: "化工园区北侧", result: "高值2处，已通报园区", by: "海安联络员", withdrawn: false },
  });
  await office.expectCards([]);
  const { id } = done.facts.record;
  expect((await office.says("海安联络员", "工作记录 走航 6月")).facts.rows).toEqual([done.facts.record]);
  expect((await office.says("市办", `工作记录 ${id}`)).facts.record).toEqual(done.facts.record);
  expect(
    await office.says("海安联络员", "记录 走航 “高值2处，已通报园区” 地点 化工园区北侧 6月12日"),
  ).toMatchObject({ code: "already-done" });
});

test("what counts for a standing duty needs no report of the month", async () => {
  const { facts } = await office.says("如皋联络员", "填报 20");
  expect(facts.rows).toMatchObject([{ id: "m20-monthly-checks", county: "如皋" }]);
  const done = await office.says("如皋联络员", "记录 抽测 “抽测30辆，超标2辆，已督促复检” 地点 物流园区");
  expect(done.text).toContain("如皋2020年6月第1次监督抽测");
  expect(await office.says("如皋联络员", "填报 20")).toMatchObject({
    code: "no-data",
    message: expect.stringContaining("已按工作记录计入"),
  });
});

test("without a word the kinds are offered, each with its form", async () => {
  const menu = await office.says("市办", "记录");
  expect(menu.facts.kinds).toHaveLength(office.bot.office.pack.records.length);
  const done = await office.presses("市办", "记人工增雨", { result: "作业2次，降水3毫米" });
  expect(done.facts.record).toMatchObject({ kind: "artificial-rain", county: null, date: "2020-06-15" });
  expect((await office.says("市办", "记录 宣传")).labels).toContain("记宣传");
});

test.each([
  ["another county", "海安联络员", "记录 走航 如东 “看了”", "forbidden", "海安"],
  ["a day to come", "市办", "记录 走航 如东 “看了” 6月20日", "bad-date", "还没有到"],
  ["last year's day", "市办", "记录 走航 如东 “看了” 12月20日", "bad-date", "例如“2019年12月20日”"],
  ["more days than one", "市办", "记录 走航 如东 “看了” 6月1日至6月3日", "bad-date", "不是一天"],
  ["what nobody records", "市办", "记录 烧烤 “看了”", "usage", "走航"],
  ["who only watches", "市领导", "记录 走航 “看了”", "forbidden", "市办"],
  ["no such number", "市办", "工作记录 999", "no-data", "999"],
  ["another county's records", "海安联络员", "工作记录 如东", "forbidden", "海安"],
])("%s is refused, saying how to mend it", async (_what, who, text, code, says) => {
  expect(await office.says(who, text)).toMatchObject({ code, message: expect.stringContaining(says) });
});

test("a mistake is taken back by whoever made it or the office, counts no more, and stays on the record", async () => {
  const { facts } = await office.says("启东联络员", "记录 抽测 “错记”");
  const { id } = facts.record;
  expect((await office.says("海安联络员", `工作记录 ${id}`)).code).toBe("forbidden");
  expect((await office.says("住建联络员", `工作记录 ${id}`)).labels).not.toContain("撤回记录");
  await office.says("启东联络员", `工作记录 ${id}`);
  await office.presses("启东联络员", "撤回记录", { text: "写错了" });
  expect((await office.says("市办", "工作记录 启东 抽测")).facts.rows).toEqual([]);
  const kept = await office.says("市办", `工作记录 ${id}`);
  expect(kept.facts.record).toMatchObject({ withdrawn: true });
  expect(kept.text).toContain("写错了");
  expect(kept.labels).not.toContain("撤回记录");
});

test("the month's material lists what was done, where, and what came of it last", async () => {
  await office.says("市办", "会商 7月8日9时30分 市政府301");
  const { card } = await office.says("市办", "拟稿 会议材料 6月");
  const text = JSON.stringify(card.blocks);
  expect(text).toContain("2020年6月经常性工作：");
  expect(text).toContain("6月15日：作业2次，降水3毫米");
});
