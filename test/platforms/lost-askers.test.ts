import { afterAll, beforeAll, expect, test } from "vitest";
import { askedIn } from "../../src/platforms/slack/payload.ts";
import { askerOf } from "../../src/platforms/telegram/handle.ts";
import type { Inbound } from "../../src/store/inbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const row = (payload: object) => ({ payload: JSON.stringify(payload) }) as Inbound;
const event = (more: object) => ({ type: "event_callback", event: { type: "message", user: "U1", ...more } });
const press = (action_id: string) => ({
  ...{ type: "block_actions", user: { id: "U1" } },
  actions: [{ action_id, value: "排名 5月" }],
});

test.each([
  ["a command", { command: "/lt-county", text: "海安", user_id: "U1" }, { said: "/county 海安" }],
  ["a message", event({ text: "排名 5月" }), { said: "排名 5月" }],
  ["a bare mention", event({ text: "<@UBOT>" }), { said: "帮助" }],
  ["an edited message", event({ message: { text: "<@UBOT> 今日" } }), { said: "今日" }],
  ["a file with words", event({ text: "整改前", files: [{}] }), { did: "file" }],
  ["a button that says something", press("say:0"), { said: "排名 5月" }],
  ["a button that does something", press("press:0"), { did: "press" }],
  ["a form", { type: "view_submission", user: { id: "U1" }, view: {} }, { did: "form" }],
])("of Slack's %s is known who sent it and what it brought", (_, payload, brought) => {
  expect(askedIn(row(payload), "UBOT")).toEqual({ user: "U1", brought });
});

const me = { id: 9, username: "lantian_bot" } as never;
const from = { id: 7, is_bot: false };
const inPrivate = { from, chat: { id: 7, type: "private" } };
const inGroup = { from, chat: { id: -3, type: "supergroup" } };
const pressed = (data: string) => ({ callback_query: { from, message: inPrivate, data } });

test.each([
  ["message", { message: { ...inPrivate, text: "排名 5月" } }, { said: "排名 5月" }],
  ["mention in a group", { message: { ...inGroup, text: "@lantian_bot 今日" } }, { said: "今日" }],
  ["edited message", { edited_message: { ...inPrivate, text: "今日" } }, { said: "今日" }],
  ["file with words", { message: { ...inPrivate, caption: "整改前", photo: [] } }, { did: "file" }],
  ["button that says something", pressed("s:排名 5月"), { said: "排名 5月" }],
  ["button that does something", pressed("p:token"), { did: "press" }],
  ["talk in a group", { message: { ...inGroup, text: "收到" } }, null],
])("of Telegram's %s is known who sent it and what it brought", (_, update, brought) => {
  const identity = { platform: "telegram", workspace: "", userKey: "7" };
  expect(askerOf({ me, bot: office.bot }, row(update))).toEqual(brought && { identity, ...brought });
});
