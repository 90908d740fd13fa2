import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Card } from "../../../src/chat/card.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const GROUP = -100500;
const inTopic = (topic: number) => ({
  chat: GROUP,
  is_topic_message: true,
  message_thread_id: topic,
  reply_to_message: { message_id: topic, date: 1, forum_topic_created: { name: "海安片区" } },
});

let stage: Stage;
let office: number;
let liaison: number;
beforeAll(async () => {
  stage = await aStage();
  office = await stage.member("市办");
  liaison = await stage.member("海安联络员");
});
beforeEach(async () => {
  stage.server.topics.clear();
  stage.server.muted.clear();
});
afterAll(() => stage.close());

const bound = () => stage.bot.store.read((r) => r.chats.bound());
const inGroup = (from = 0) =>
  stage.server
    .to(GROUP)
    .slice(from)
    .map(({ topic, text }) => [topic, text.split("\n")[0]]);
const told = async (title: RegExp) =>
  (await stage.outbox()).filter((row) => row.key.startsWith("trouble/") && title.test(row.title));
/** Delivers until nothing is left that is due. */
const delivers = () =>
  stage.until("all due deliveries made", async () => {
    await stage.deliver();
    stage.pass(60_000);
    return (await stage.outbox()).every(({ state }) => state !== "pending" && state !== "sending");
  });

describe("a topic of a group", () => {
  test("is bound by itself: the answer says so there, and its notices go there", async () => {
    const [answer] = await stage.says(office, "/here 海安", inTopic(7));
    expect(answer).toMatchObject({ topic: 7, text: expect.stringContaining("本话题已绑定：海安") });
    await stage.says(office, "/here 全市", { chat: GROUP });
    expect(await bound()).toMatchObject([
      { topic: "7", regionId: "haian", title: "群·海安片区" },
      { topic: "", regionId: null, title: "群" },
    ]);
    const before = inGroup().length;
    for (const { id } of await bound()) await stage.queue({ chatId: id });
    await delivers();
    expect(inGroup(before).map(([topic]) => topic)).toEqual(expect.arrayContaining([7, undefined]));
  });

  test("is answered in with what it is about; one that isn't bound with what the group is about", async () => {
    const said = await stage.says(office, "/county 如皋", inTopic(7));
    expect(said.map(({ text }) => text)).toEqual(["答复已发到您的私聊。"]);
    const [other] = await stage.says(liaison, "/county 海安", inTopic(8));
    expect(other).toMatchObject({ topic: 8, text: expect.stringContaining("海安") });
  });

  test("is let go by itself", async () => {
    const answers = await stage.says(office, "/here 解除", inTopic(8));
    expect(answers[0]?.text).toContain("本话题没有绑定");
  });
});

describe("a topic that is closed or deleted", () => {
  test("is never asked twice: its notice goes to General, and the office is told once by the group's name", async () => {
    const topic = (await bound()).find((chat) => chat.topic === "7");
    stage.server.topics.set(`${GROUP}/7`, "closed");
    const calls = stage.server.calls.length;
    const before = inGroup().length;
    const key = await stage.queue({ chatId: topic?.id ?? 0 });
    await delivers();
    const tried = stage.server.calls
      .slice(calls)
      .filter(({ method, payload }) => method === "sendMessage" && payload.message_thread_id === 7);
    expect(tried).toHaveLength(1);
    expect(inGroup(before)).toEqual([[undefined, expect.stringContaining(key)]]);
    expect(await told(/群话题已关闭：海安群（Telegram“群·海安片区”）/)).toHaveLength(1);
    expect((await bound()).map((chat) => chat.topic)).toEqual([""]);
  });

  test("takes its binding to General where that has none", async () => {
    await stage.says(office, "/here 解除", { chat: GROUP });
    await stage.says(office, "/here 如皋", inTopic(9));
    stage.server.topics.set(`${GROUP}/9`, "deleted");
    await stage.queue({ chatId: (await bound())[0]?.id ?? 0 });
    await delivers();
    expect(await bound()).toMatchObject([{ topic: "", regionId: "rugao" }]);
  });

  test("isn't bound: whoever asks is told why, in private where the topic takes nothing", async () => {
    stage.server.topics.set(`${GROUP}/11`, "closed");
    const own = stage.server.to(office).length;
    expect(await stage.says(office, "/here 海安", inTopic(11))).toEqual([]);
    expect(stage.server.to(office).at(own)?.text).toContain("本话题已关闭");
    expect((await bound()).map((chat) => chat.topic)).toEqual([""]);
  });
});

test("a group in which the bot may not write isn't bound, and hears how to mend that", async () => {
  stage.server.muted.add(GROUP);
  const [answer] = await stage.says(office, "/here 海安", { chat: GROUP });
  expect(answer?.text).toContain("机器人在本群不能发言");
  expect(await bound()).toMatchObject([{ regionId: "rugao" }]);
  expect((await stage.says(office, "/here 解除", { chat: GROUP }))[0]?.text).toContain("已解除绑定");
});

test.each([
  ["an administrator where nobody else may write", { status: "administrator" }, true, true],
  ["a member that may not write", { status: "restricted", can_send_messages: false }, false, false],
  [
    "a member that may do little else but write",
    { status: "restricted", can_send_messages: true },
    false,
    true,
  ],
  ["no member any more", { status: "left" }, false, false],
])("as %s the bot is bound to a group only if it may write there", async (_, membership, isMuted, may) => {
  const chat = -400;
  stage.server.memberships.set(chat, membership);
  if (isMuted) stage.server.muted.add(chat);
  else stage.server.muted.delete(chat);
  const [answer] = await stage.says(office, "/here 海安", { chat });
  expect(answer?.text).toContain(may ? "本群已绑定：海安" : "机器人在本群不能发言");
  await stage.says(office, "/here 解除", { chat });
});

describe("a group that was bound again under its new id", () => {
  const notice = (chatId: number) =>
    stage.queue({ chatId }, { job: "weekly-notice", slot: 1, card: { title: "周通报", blocks: [] } as Card });

  test("gets each notice once, of those before it was known too", async () => {
    await stage.binds(-300, { regionId: "haian" });
    await stage.binds(-100300, { regionId: "haian" });
    stage.server.migrated.set(-300, -100300);
    for (const chat of await bound()) await notice(chat.id);
    await delivers();
    expect(stage.server.to(-100300).map(({ text }) => text.split("\n")[0])).toEqual(["周通报"]);
    expect((await bound()).map(({ chatKey }) => chatKey)).toEqual(["-100300"]);
    expect(await told(/未送达/)).toEqual([]);
  });
});

describe("a group that throws the bot out", () => {
  const bindAll = async (group: number) => {
    const at = (topic: number) => ({ ...inTopic(topic), chat: group });
    await stage.says(office, "/here 全市", { chat: group });
    await stage.says(office, "/here 海安", at(21));
    await stage.says(office, "/here 如皋", at(22));
    const all = (await bound()).filter(({ chatKey }) => chatKey === String(group));
    expect(all).toHaveLength(3);
    return all;
  };
  const news = async () => (await told(/^群不再接收消息/)).map(({ title }) => title);
  const ends = async (group: number, before: number) => {
    await stage.until("the group's end is known", async () => {
      await stage.deliver();
      stage.pass(60_000);
      return (await bound()).every(({ chatKey }) => chatKey !== String(group));
    });
    expect((await news()).slice(before)).toEqual(["群不再接收消息：全市群（Telegram“群”）等3处"]);
    const [row] = (await told(/^群不再接收消息/)).slice(before);
    expect(row?.card).toContain("海安群（Telegram“群·海安片区”）、如皋群");
    expect(row?.card).toContain("在群里和各话题里分别发送");
  };

  test("is told once with all that was bound of it, when the first notice is refused", async () => {
    const all = await bindAll(-100700);
    const before = (await news()).length;
    const instead = async () => (await stage.outbox()).filter(({ key }) => key.includes("/instead-")).length;
    const passed = await instead();
    stage.server.kicked.add(-100700);
    for (const { id } of all) await stage.queue({ chatId: id });
    await ends(-100700, before);
    expect(await instead()).toBeGreaterThan(passed);
  });

  test("is told once when Telegram says so before anything was to be sent", async () => {
    await bindAll(-100701);
    const before = (await news()).length;
    const member = (status: string) => ({ status, user: stage.server.me });
    stage.noting(
      stage.server.bring({
        my_chat_member: {
          chat: { id: -100701, type: "supergroup", title: "群" },
          from: { id: 1, is_bot: false },
          date: 1,
          old_chat_member: member("member"),
          new_chat_member: member("kicked"),
        },
      }),
    );
    await stage.settled();
    await ends(-100701, before);
  });
});
