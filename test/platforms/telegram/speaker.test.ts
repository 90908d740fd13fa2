import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { receive } from "../../../src/delivery/inbound.ts";
import { authorOf, senderOf, speakerFor, speakerOf } from "../../../src/platforms/telegram/speaker.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

const someone = { id: 7, is_bot: false };
const inTopic = { is_topic_message: true, message_thread_id: 3 };

type From = Parameters<typeof senderOf>[0];
type Where = Parameters<typeof senderOf>[1];

describe("who speaks on Telegram", () => {
  test("a person alone with the bot: the chat bears their own number", () => {
    const sender = senderOf({ from: someone }, { id: 7, type: "private" });
    expect(sender).toEqual({ chat: "7", kind: "private", user: 7 });
  });

  test.each(["group", "supergroup"])("a person in a %s", (type) => {
    const sender = senderOf({ from: someone }, { id: -100, type });
    expect(sender).toEqual({ chat: "-100", kind: "group", user: 7 });
  });

  test.each<[string, From, Where]>([
    ["in somebody else's private chat", { from: someone }, { id: 8, type: "private" }],
    ["in a private chat with the number turned over", { from: someone }, { id: -7, type: "private" }],
    ["in a channel", { from: someone }, { id: -100, type: "channel" }],
    ["in a chat of a kind that nobody knows", { from: someone }, { id: 7, type: "secret" }],
    ["in no chat", { from: someone }, undefined],
    ["a bot", { from: { id: 7, is_bot: true } }, { id: 7, type: "private" }],
    ["a bot in a group", { from: { id: 7, is_bot: true } }, { id: -100, type: "group" }],
    ["nobody", {}, { id: -100, type: "group" }],
    [
      "a group that speaks as itself",
      { from: someone, sender_chat: { id: -100 } },
      { id: -100, type: "supergroup" },
    ],
    ["a channel in private", { from: someone, sender_chat: { id: -5 } }, { id: 7, type: "private" }],
  ])("nobody who can be held to account: %s", (_, from, where) => {
    expect(senderOf(from, where)).toBeNull();
  });

  test("a topic is part of the place in a group, where the message is one of the topic's", () => {
    const group = { id: -100, type: "supergroup" };
    expect(senderOf({ from: someone }, group, inTopic)).toMatchObject({ topic: 3 });
    expect(senderOf({ from: someone }, group, { ...inTopic, is_topic_message: false })).not.toHaveProperty(
      "topic",
    );
    expect(senderOf({ from: someone }, group, { is_topic_message: true })).not.toHaveProperty("topic");
    expect(senderOf({ from: someone }, { id: 7, type: "private" }, inTopic)).not.toHaveProperty("topic");
  });
});

test.each([
  ["its title", { title: "海安群" }, {}, "海安群"],
  ["its topic's as well", { title: "海安群" }, { ...inTopic, named: "工地" }, "海安群·工地"],
  ["the topic's alone", {}, { ...inTopic, named: "工地" }, "工地"],
  ["its own alone where Telegram doesn't name the topic", { title: "海安群" }, inTopic, "海安群"],
  [
    "its own alone where something else is answered",
    { title: "海安群" },
    { ...inTopic, answers: {} },
    "海安群",
  ],
  ["its own alone outside of a topic", { title: "海安群" }, { named: "工地" }, "海安群"],
  ["none where there is none", {}, {}, undefined],
])(
  "what a group's people call it is %s",
  (_, where, { named, answers, ...topic }: Record<string, unknown>, title) => {
    const made = named === undefined ? answers : { forum_topic_created: { name: String(named) } };
    const group = { id: -100, type: "supergroup", ...where };
    const sender = senderOf({ from: someone }, group, {
      ...topic,
      ...(made ? { reply_to_message: made } : {}),
    });
    expect(sender?.title).toBe(title);
  },
);

describe("who that is here", () => {
  let office: AnOffice;
  beforeAll(async () => {
    office = await anOffice();
    const { person } = await office.speakerOf("海安联络员");
    const identity = { platform: "telegram", workspace: "", userKey: "7" } as const;
    await office.bot.store.write((w) => w.people.bind(person?.id ?? 0, identity, 0));
  });
  afterAll(() => office.close());
  const sender = (user: number) => ({ chat: "-100", kind: "group" as const, user });
  const sent = async (id: string) => {
    const row = await receive(office.bot, {
      platform: "telegram",
      externalId: id,
      payload: { text: "秘密" },
    });
    if (row === null) throw new Error("it came before");
    return row;
  };
  const passes = async (id: string) =>
    (await office.bot.store.read((r) => r.inbox.find("telegram", id)))?.passing;

  test("whoever is bound to the number, in the chat and the topic where they speak", async () => {
    const chat = { platform: "telegram", workspace: "", chatKey: "-100", kind: "group" };
    const identity = { platform: "telegram", workspace: "", userKey: "7" };
    const person = expect.objectContaining({ name: "海安联络员" });
    expect(await speakerFor(office.bot, sender(7))).toEqual({ identity, person, chat });
    const there = await speakerFor(office.bot, { ...sender(7), topic: 3 });
    expect(there.chat).toEqual({ ...chat, topic: "3" });
    expect((await speakerFor(office.bot, sender(8))).person).toBeNull();
  });

  test("a member's message is kept, a stranger's passes", async () => {
    const [own, foreign] = [await sent("own"), await sent("foreign")];
    expect(await speakerOf(office.bot, sender(7), own)).toMatchObject({ inbound: own.id });
    expect(await speakerOf(office.bot, sender(8), foreign)).toMatchObject({
      person: null,
      inbound: foreign.id,
    });
    expect([await passes("own"), await passes("foreign")]).toEqual([false, true]);
  });

  test("what comes of a message bears the message's name", async () => {
    const author = await authorOf(office.bot, sender(7), await sent("named"), { message_id: 5 });
    expect(author).toMatchObject({
      person: { name: "海安联络员" },
      said: expect.stringMatching(/telegram.*-100.*5/),
    });
  });
});
