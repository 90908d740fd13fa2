import { afterEach, beforeEach, expect, test } from "vitest";
import { editTooLate } from "../../src/bot/edit.ts";
import type { Speaker } from "../../src/bot/lantian.ts";
import { ask } from "../../src/bot/router.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const author = async (): Promise<Speaker & { said: string }> => ({
  identity: { platform: "slack", workspace: "T1", userKey: "U1" },
  person: await office.bot.store.read((r) => r.people.byName("市办")),
  said: "slack/T1/D1/1.1",
});
const late = async () => JSON.stringify((await editTooLate(office.bot, await author()))?.answer ?? null);

test("a message that had no effect may still be read again", async () => {
  await ask(office.bot, await author(), "海按");
  expect(await late()).toBe("null");
});

test("what was done is named, with its issue and how to mend it", async () => {
  await ask(office.bot, await author(), "交办 海安 “改不了的” 3个工作日");
  expect(await late()).toMatch(
    /“已交办海安”已在6月15日 08:30办理，修改原来的消息不会改变它。要改请发送“更正 NT-2020-000007”。/,
  );
  expect(await late()).toMatch(/看 NT-2020-/);
});

test("where nothing can be corrected by word, the office is named", async () => {
  await ask(office.bot, await author(), "邀请 张三 县区联络员 海安");
  expect(await late()).toMatch(/修改原来的消息不会改变它。要改请联系市办。/);
});

test("one message has one effect, however it is worded when it comes again", async () => {
  await ask(office.bot, await author(), "交办 海安 “一条消息” 3个工作日");
  const again = await ask(office.bot, await author(), "交办 如皋 “同一条消息” 3个工作日");
  expect(JSON.stringify(again.answer)).toContain("这条消息已经办理，没有重复办理。");
  const { rows } = await office.bot.store.read((r) => r.issues.list({ text: "条消息", asOf: 1e15 }, 10));
  expect(rows.map(({ title }) => title)).toEqual(["一条消息"]);
});

test("whoever was withdrawn since hears nothing of what they did", async () => {
  await ask(office.bot, await author(), "交办 海安 “已停用” 3个工作日");
  const gone = await author();
  if (gone.person === null) throw new Error("there is an office");
  gone.person = { ...gone.person, active: false };
  expect(await editTooLate(office.bot, gone)).toBeNull();
});
