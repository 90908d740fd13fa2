import { afterAll, beforeAll, expect, test } from "vitest";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const GROUP = -4001;

let stage: Stage;
let office: number;
let liaison: number;
beforeAll(async () => {
  stage = await aStage();
  office = await stage.member("市办");
  liaison = await stage.member("海安联络员");
  await stage.binds(GROUP, { regionId: "haian" });
});
afterAll(() => stage.close());

type Update = ReturnType<Stage["server"]["says"]>;
const titled = async (title: string) =>
  (await stage.bot.store.read((r) => r.issues.list({ asOf: 1e15, text: title }, 10))).rows;
/** Somebody says something; the update, for editing it. */
const says = async (user: number, text: string, more: { chat?: number } = {}): Promise<Update> => {
  const update = stage.server.says(user, text, more);
  await stage.answers(user, () => update);
  return update;
};
const edits = (said: Update, text: string, chat: number, more: Record<string, unknown> = {}) =>
  stage.answers(chat, () => stage.server.edits(said, text, more));
const last = (chat: number) => stage.server.to(chat).at(-1);

test("an edit that is brought twice, or tells of nothing new, is answered once", async () => {
  const said = await says(liaison, "海按 5月");
  const refusal = last(liaison);
  const update = stage.server.edits(said, "海安 5月");
  await stage.answers(liaison, () => update);
  await stage.answers(liaison, () => stage.server.bring(update, update.update_id as number));
  // Telegram tells of a link that is shown by now as of an edit.
  expect(await edits(said, "海安 5月", liaison)).toEqual([]);
  expect(last(liaison)).toBe(refusal);
  expect(refusal).toMatchObject({ edits: 1, text: expect.stringContaining("PM2.5") });
});

test("an edit that comes while its message still waits acts once", async () => {
  await stage.stop();
  const said = stage.noting(stage.server.says(office, "交办 海安 “还没看就改” 3个工作日")) as Update;
  stage.noting(stage.server.edits(said, "交办 海安 “还没看就改了” 3个工作日"));
  await stage.restart();
  await stage.settled();
  expect((await titled("还没看就改")).map(({ title }) => title)).toEqual(["还没看就改"]);
  expect(last(office)?.text).toContain("修改消息没有作用");
});

test("a form that a message has opened ends when the message says all of it", async () => {
  const said = await says(office, "交办 海安");
  expect(last(office)?.text).toMatch(/（\d+\/\d+）/);
  await edits(said, "交办 海安 “改成全的” 3个工作日", office);
  expect(last(office)?.text).toContain("已交办海安");
  expect(await stage.says(office, "排名")).toMatchObject([{ text: expect.stringContaining("排名") }]);
  expect(await titled("改成全的")).toHaveLength(1);
});

test("an answer to a form's question is no message to be read again", async () => {
  await says(office, "交办 海安");
  const answer = await says(office, "表单里的描述");
  expect(await edits(answer, "海安", office)).toEqual([]);
  await stage.says(office, "取消");
});

test("files, what is below them, and a position that moves are taken as they came", async () => {
  const update = stage.server.bring(
    stage.server.messageOf(liaison, liaison, { location: { latitude: 32.5, longitude: 120.4 } }),
  );
  await stage.answers(liaison, () => update);
  const moves = { location: { latitude: 32.6, longitude: 120.4 }, text: undefined };
  for (let i = 0; i < 15; i++) expect(await edits(update, "", liaison, moves)).toEqual([]);
  const caption = { photo: [], caption: "NT-2020-000006 整改前", text: undefined };
  expect(await edits(update, "", liaison, caption)).toEqual([]);
  expect(await stage.says(liaison, "海安")).toHaveLength(1);
});

test("in a group a refusal gives way to a word where the mended answer is private", async () => {
  const said = await says(liaison, "@lantian_bot 今曰啊啊", { chat: GROUP });
  const refusal = last(GROUP);
  expect(refusal?.text).toContain("未能办理");
  expect(await edits(said, "@lantian_bot 今日", GROUP)).toEqual([]);
  expect(refusal?.text).toBe("答复已发到您的私聊。");
  expect(last(liaison)?.text).toContain("今日待办");
});

test("a message that mentions the bot only after an edit is heard then; an order in it is read back first", async () => {
  const question = await says(liaison, "海安", { chat: GROUP });
  expect((await edits(question, "@lantian_bot 海安", GROUP))[0]?.text).toContain("PM2.5");
  expect(await edits(question, "@lantian_bot 如东", GROUP)).toEqual([]);
  const order = await says(office, "交办 海安 “后来才提到” 3个工作日", { chat: GROUP });
  await edits(order, "@lantian_bot 交办 海安 “后来才提到” 3个工作日", GROUP);
  expect(last(office)?.text).toContain("请确认：将交办");
  expect(await titled("后来才提到")).toEqual([]);
});

test("what was done in a group stays, and only its author hears that an edit changes nothing", async () => {
  const said = await says(office, "@lantian_bot 交办 海安 “群里改单” 3个工作日", { chat: GROUP });
  const before = stage.server.to(office).length;
  const group = await edits(said, "@lantian_bot 交办 海安 “改了” 3个工作日", GROUP);
  expect(group.map(({ text }) => text)).toEqual(["办理结果已发到您的私聊。"]);
  expect(stage.server.to(office).slice(before)[0]?.text).toContain("修改消息没有作用");
  expect(await titled("改了")).toEqual([]);
});

test("edits beyond what a hasty hand can do are too fast as well", async () => {
  const hasty = await stage.member("如东联络员");
  const said = await says(hasty, "如东按");
  for (let i = 0; i < 14; i++)
    stage.noting(stage.server.edits(said, `如东按${i}`, { edit_date: 1_700_000_000 }));
  await stage.settled();
  expect(stage.server.to(hasty).filter(({ text }) => text.includes("您发得太快了"))).toHaveLength(1);
});
