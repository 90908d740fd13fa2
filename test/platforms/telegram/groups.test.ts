import { afterAll, beforeAll, expect, test } from "vitest";
import { keptWith } from "../../support/kept.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const GROUP = -3001;
const OWN = "NT-2020-000006";

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

const titled = async (title: string) =>
  (await stage.bot.store.read((r) => r.issues.list({ asOf: 1e15, text: title }, 10))).rows;
const sentTo = (chat: number) => stage.server.calls.filter(({ payload }) => Number(payload.chat_id) === chat);
/** What is sent in private while something is said in the group, and what the group reads. */
const inGroup = async (user: number, text: string, more: object = {}) => {
  const before = stage.server.to(user).length;
  const group = await stage.says(user, text, { chat: GROUP, ...more });
  return { group: group.map((m) => m.text), own: stage.server.to(user).slice(before) };
};

test("whoever has not begun a private chat is told how, and an order of theirs isn't given out", async () => {
  stage.server.unbegun.add(office);
  for (const phrase of ["/today", "/assign 海安 “没处答复” 3个工作日"]) {
    expect((await inGroup(office, phrase)).group).toEqual([
      expect.stringMatching(/只发到私聊。请先打开与我的私聊并点“开始”/),
    ]);
    const { keyboard } = stage.server.to(GROUP).at(-1) ?? { keyboard: [] };
    expect(keyboard).toEqual([[{ text: "打开私聊", url: "https://t.me/lantian_bot" }]]);
  }
  expect(await titled("没处答复")).toEqual([]);
  stage.server.unbegun.delete(office);
  await inGroup(office, "/assign 海安 “没处答复” 3个工作日");
  expect(await titled("没处答复")).toHaveLength(1);
});

test("strangers are told once each, whatever they send on, and a notice waits behind none of it", async () => {
  const strangers = [stage.stranger(), stage.stranger(), stage.stranger()];
  const before = stage.server.to(GROUP).length;
  const sent = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? "/county 海安" : "@lantian_bot 今日"));
  for (const text of sent)
    for (const user of strangers) stage.noting(stage.server.says(user, text, { chat: GROUP }));
  const group = (await stage.bot.store.read((r) => r.chats.bound()))[0]?.id ?? 0;
  const key = await stage.queue({ chatId: group });
  await stage.settled();
  await stage.until("the notice is out", async () => {
    await stage.deliver();
    return (await stage.outbox()).find((row) => row.key === key)?.state === "sent";
  });
  const texts = stage.server
    .to(GROUP)
    .slice(before)
    .map((m) => m.text);
  const told = texts.filter((text) => text.includes("您还没有绑定身份"));
  const slowed = texts.filter((text) => text.includes("您发得太快了"));
  expect([told.length, slowed.length, texts.length]).toEqual([3, 3, 7]);
});

test("an order that is read back is confirmed in private", async () => {
  const { group, own } = await inGroup(office, "/assign 海按 “群里读回” 3个工作日");
  expect(group).toEqual(["办理结果已发到您的私聊。"]);
  expect(own[0]?.keyboard.flat().map(({ text }) => text)).toContain("确认");
});

test("why an order can't be carried out is its author's to know, that they may give none is not", async () => {
  const closed = await inGroup(office, `/step 签收 ${OWN}`);
  expect(closed.own.length + closed.group.length).toBeGreaterThan(0);
  const { group, own } = await inGroup(liaison, "/assign 海安 “不能交办” 3个工作日");
  expect([group, own]).toEqual([[expect.stringContaining("不能交办问题")], []]);
});

test("a list that is exported from a group holds what the group was shown", async () => {
  await stage.office.says("市办", "交办 如皋 “别的县的” 3个工作日");
  const { group, own } = await inGroup(office, "/issues 导出");
  const count = Number(group[0]?.match(/(\d+)件/)?.[1]);
  const rows = (await stage.office.says("海安联络员", "问题")).facts.total;
  expect(count).toBe(rows);
  const [file] = own.filter(({ file }) => file !== undefined);
  expect(file?.file?.name).toContain("问题台账");
});

test("somebody of another unit reads in a group only what they would read alone", async () => {
  const other = await stage.member("住建联络员");
  expect((await inGroup(other, "@lantian_bot 海安")).group.join()).toContain("PM2.5");
  expect((await inGroup(other, "/issues")).group).toEqual(["答复已发到您的私聊。"]);
});

test("a button of the group's card answers whoever presses it as if they had said it", async () => {
  const [card] = await stage.says(liaison, `/issue ${OWN}`, { chat: GROUP });
  const before = stage.server.to(office).length;
  const pressed = async (data: string) =>
    (await stage.presses(office, { chat: GROUP, id: card?.id ?? 0 }, data)).map(({ text }) => text);
  expect(await pressed("s:今日")).toEqual(["答复已发到您的私聊。"]);
  expect(stage.server.to(office).slice(before)[0]?.text).toContain("今日待办");
  expect((await pressed("s:问题")).join()).toContain(OWN);
});

test("a number in the talk is offered without a sound, in its topic", async () => {
  await stage.says(liaison, `${OWN}下午去看`, { chat: GROUP, is_topic_message: true, message_thread_id: 7 });
  expect(sentTo(GROUP).at(-1)?.payload).toMatchObject({
    text: expect.stringContaining(OWN),
    disable_notification: true,
    message_thread_id: 7,
  });
  expect(await stage.says(stage.stranger(), "NT-2020-000006也去", { chat: GROUP })).toEqual([]);
});

test("nothing is kept of what people send to each other, whether words, a photo, an edit, or as the group", async () => {
  const talk = [
    { text: "他家的事" },
    { photo: [{ file_id: "p", width: 9, height: 9 }], caption: "他家的事" },
    { text: "@lantian_bot 他家的事", sender_chat: { id: GROUP, type: "supergroup" } },
  ];
  for (const more of talk) stage.noting(stage.server.bring(stage.server.messageOf(liaison, GROUP, more)));
  const said = stage.server.says(liaison, "他家", { chat: GROUP });
  stage.noting(said);
  stage.noting(stage.server.edits(said, "他家的事"));
  await stage.settled();
  expect(keptWith(stage.office.file, "他家的事")).toBe(0);
});

test("an album handed over in a group is told of once there", async () => {
  const { photoOf, picture } = await import("../../support/telegram/announced.ts");
  const before = stage.server.to(GROUP).length;
  for (const [i, caption] of [`@lantian_bot ${OWN} 整改前`, undefined].entries()) {
    const photo = { ...photoOf(stage.server, await picture(60 + i)), media_group_id: "g" };
    const message = stage.server.messageOf(liaison, GROUP, { ...photo, ...(caption ? { caption } : {}) });
    await stage.answers(GROUP, () => stage.server.bring(message));
  }
  expect(
    stage.server
      .to(GROUP)
      .slice(before)
      .map(({ text }) => text),
  ).toEqual(["文件的办理结果已发到您的私聊。"]);
});
