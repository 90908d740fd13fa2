import { describe, expect, test } from "vitest";
import { senderOf } from "../../../src/platforms/telegram/speaker.ts";

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
