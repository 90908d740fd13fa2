import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const says = (text: string) => office.says("海安联络员", text);

test.each([
  ["免打扰 22点到7点", { from: 22, to: 7 }],
  ["勿扰 晚上十点至次日7:00", { from: 22, to: 7 }],
  ["免打扰 12-14", { from: 12, to: 14 }],
  ["免打扰 关闭", null],
])("%s sets the hours in which only what must arrive comes", async (text, quiet) => {
  const { facts, command } = await says(text);
  expect([command, facts.quiet]).toEqual(["quiet", quiet]);
});

test.each([
  ["简报时间 17点", 17],
  ["每天一条 下午5点", 17],
  ["简报时间 凌晨零点", 0],
  ["简报时间 逐条", null],
])("%s says when the digest comes", async (text, digest) => {
  const { facts, command } = await says(text);
  expect([command, facts.digest]).toEqual(["digesthour", digest]);
});

test.each([
  ["免打扰 22点到22点", "开始和结束不能相同", "免打扰 关闭"],
  ["免打扰 25点到7点", "请写整点", "免打扰 22点到7点"],
  ["免打扰 22点", "请写整点", "免打扰 22点到7点"],
  ["免打扰 22点到7点到9点", "请写整点", "免打扰 22点到7点"],
  ["简报时间 九点半", "请写整点", "简报时间 17点"],
  ["简报时间 24点", "请写整点", "简报时间 17点"],
])("%s is refused with what to say instead", async (text, reason, instead) => {
  const before = (await says("我的设置")).facts;
  const { message, instead: offered } = await says(text);
  expect(message).toContain(reason);
  expect(offered).toContain(instead);
  expect((await says("我的设置")).facts).toEqual(before);
});

test.each([
  ["消息太多了", "settings"],
  ["假期 2020", "holidays"],
])("%s is understood", async (text, command) => {
  expect((await says(text)).command).toBe(command);
});

test("我要请假 is 请假, and what it lacks is asked", async () => {
  expect((await says("我要请假 6月16日到18日")).message).toContain("代理人");
  expect((await says("我要请假 6月16日到18日 由海安领导代理")).text).toContain("由海安领导代理");
});
