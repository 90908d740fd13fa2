import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-03T08:00" });
  await office.says("市办", "会商 6月8日9时30分 市政府301");
});
afterAll(() => office.close());

const meetings = () => office.bot.store.read((reader) => reader.meetings.list(10));

test("the usual time is offered as people write it", async () => {
  expect((await office.says("市办", "点评会")).text).toMatch(/也可发送“点评会 \d+月\d+日9时30分 地点”/);
});

describe("what can't be is refused with how to mend it, and changes nothing", () => {
  test.each([
    ["市办", "会商 6月1日9时30分 市政府301", "bad-date", "已经过去"],
    ["市办", "会商 6月31日9时30分 市政府301", "bad-date", "没有31日"],
    ["市办", "会商 6月8日（周二）9时30分 市政府301", "bad-date", "是星期一，不是星期二"],
    ["市办", "会商 6月9日25时 市政府301", "bad-date", "没有“25时”"],
    ["市办", "会商 3", "usage", "看不懂“3”"],
    ["市办", "会商问题", "usage", "看不懂“问题”"],
    ["市办", "会商 6月10日9时30分 市政府301", "already-done", "已通知在6月8日"],
    ["市办", "点评会 6月8日9时30分 市政府301", "conflict", "已有2020年5月会商会（会议1）"],
    ["市办", "改会 二楼会议室", "usage", "请写明会议编号"],
    ["市办", "改会 9 6月9日9时", "no-data", "没有编号为9的会议"],
    ["市办", "改会 1 6月8日9时30分", "already-done", "没有变化"],
    ["市办", "取消会议 1", "usage", "取消的原因"],
    ["市办", "纪要 1 形势：不错", "conflict", "还没有开"],
    ["市办", "纪要 形势：不错", "conflict", "还没有开过的会议"],
    ["督查", "会商 6月8日9时30分 市政府301", "forbidden", "须由市办办理"],
    ["海安联络员", "取消会议 1 有事", "forbidden", "须由市办办理"],
    ["督查", "参会 1", "forbidden", "不能报名"],
    ["海安联络员", "参会 9", "no-data", "没有编号为9的会议"],
    ["海安联络员", "会议请假 1", "usage", "请写明事由"],
    ["海安联络员", "派员 1", "usage", "请写明派谁参加"],
    ["海安联络员", "派员 1 王五", "unknown-person", "不是的请先邀请"],
    ["海安联络员", "派员 1 如皋联络员", "conflict", "不是海安的人员"],
    ["海安点位长", "会议 1", "forbidden", "没有邀请您的单位"],
  ])("%s: %s", async (who, said, code, why) => {
    const before = await meetings();
    const answer = await office.says(who, said);
    expect([answer.code, answer.message]).toEqual([code, expect.stringContaining(why)]);
    expect(await meetings()).toEqual(before);
  });
});

test("a day off is asked about, and held when it is meant; the makeup Sunday before a holiday isn't one", async () => {
  const asked = await office.says("市办", "点评会 6月13日14时 市政府301 议程：点评");
  expect(asked.message).toContain("6月13日（星期六）14时是休息日");
  expect(asked.instead).toEqual(["点评会 2020-06-13 14:00 市政府301 休息日照开 议程：点评"]);
  const called = await office.says("市办", asked.instead[0] ?? "");
  expect(called.facts.meeting).toMatchObject({
    kind: "quarterly-review",
    period: "2020Q1",
    date: "2020-06-13",
  });
  const moved = await office.says("市办", "改会 2 6月28日10时");
  expect(moved.facts.meeting).toMatchObject({ date: "2020-06-28", time: "10:00" });
});

test("two who change a meeting at once: the second is told to look again", async () => {
  const shown = (await office.says("市办", "会议 1")).card;
  const token = shown.buttons.flatMap((b) =>
    b.kind === "press" && b.label === "改时间地点" ? [b.token] : [],
  )[0];
  await office.says("市办", "改会 1 地点改到三楼");
  const late = await office.presses("市办", token ?? "", {
    date: "2020-06-08",
    time: "10:00",
    place: "四楼",
    agenda: "通报",
  });
  expect([late.code, late.message]).toEqual(["stale-action", expect.stringContaining("刚被改过")]);
});

test("the office's question for the month isn't asked again once it is called", async () => {
  await office.advanceTo("2020-06-03T10:00");
  await office.expectCards([], { job: "monthly-consultation" });
});
