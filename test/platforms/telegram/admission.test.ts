import type { Update, UserFromGetMe } from "grammy/types";
import { describe, expect, test } from "vitest";
import { admissionOf } from "../../../src/platforms/telegram/admission.ts";

const me = { id: 1, username: "lantian_bot" } as UserFromGetMe;
const T = 1_700_000_000;
const PERSON = { id: 7, is_bot: false, first_name: "某" };
const PRIVATE = { id: 7, type: "private" };
const GROUP = { id: -100, type: "group" };

/** What is sent: in private unless said otherwise, seconds after T. */
const sent = (of: object, at = 0, chat: object = PRIVATE) => ({ from: PERSON, chat, date: T + at, ...of });
const says = (text: string, at = 0, chat: object = PRIVATE) =>
  ({ message: sent({ text }, at, chat) }) as unknown as Update;
const update = (of: object) => of as unknown as Update;
const press = update({ callback_query: { from: PERSON } });

/** A gate, and a machine's clock that only the test moves; `nth` is what comes of the nth of so many of the same. */
function aGate({ second = 1000 } = {}) {
  let now = 0;
  const admit = admissionOf({ commands: [{ name: "city" }] as never, machineNow: () => now, second });
  const nth = (n: number, what: Update | ((i: number) => Update), bot: UserFromGetMe | null = me) =>
    Array.from({ length: n }, (_, i) => admit(typeof what === "function" ? what(i) : what, bot)).at(-1);
  return { nth, pass: (ms: number) => (now += ms) };
}

describe("ten at once are worked on, the eleventh isn't", () => {
  test.each<[string, Update]>([
    ["words in private", says("海安")],
    ["a mention in a group", says("@lantian_bot 海安", 0, GROUP)],
    ["a command in a group", says("/city", 0, GROUP)],
    ["words that were altered", update({ edited_message: sent({ text: "海安", edit_date: T }) })],
    ["presses", press],
  ])("%s", (_, one) => {
    const { nth } = aGate();
    expect([nth(10, one), nth(1, one), nth(1, one)]).toEqual(["work", "say so once", "drop silently"]);
  });
});

describe("what never counts", () => {
  test.each<[string, Update]>([
    ["talk in a group that isn't the bot's to hear", says("大家好", 0, GROUP)],
    ["a command of another bot's", says("/city@other_bot", 0, GROUP)],
    ["a sticker", update({ message: sent({ sticker: {} }) })],
    ["a video with words below it", update({ message: sent({ video: {}, caption: "海安" }) })],
    ["a position that moves", update({ edited_message: sent({ location: {}, edit_date: T }) })],
    ["news of the chat", update({ my_chat_member: {} })],
    ["what nobody has sent", update({ message: { text: "海安", chat: PRIVATE, date: T } })],
    ["what has no time", update({ message: sent({ text: "海安", date: "now" }) })],
    ["a form that nobody has promised", update({ callback_query: {} })],
  ])("%s", (_, one) => {
    const { nth } = aGate();
    expect([nth(250, one), nth(10, says("海安"))]).toEqual(["work", "work"]);
  });

  test("anything before Telegram has said who the bot is", () => {
    expect(aGate().nth(50, says("海安"), null)).toBe("work");
  });
});

test("files count apart, and an album is none too many; words and presses count apart as well", () => {
  const { nth } = aGate();
  const photo = update({ message: sent({ photo: [], caption: "整改后" }) });
  expect(nth(200, photo)).toBe("work");
  expect(nth(1, photo)).toBe("say so once");
  expect([nth(10, says("海安")), nth(10, press)]).toEqual(["work", "work"]);
});

describe("messages count by the time at which they were sent", () => {
  test.each<[string, (i: number) => number, string]>([
    ["an evening's that come all at once", (i) => i * 60, "work"],
    ["one a second", (i) => i, "work"],
    ["all of one second", () => 0, "drop silently"],
    // Several chats' don't come in order: a step back of a few seconds is none.
    ["to and fro by ten seconds", (i) => (i % 2) * 10, "drop silently"],
    ["to and fro by a minute", (i) => (i % 2) * 60, "work"],
  ])("%s", (_, at, becomes) => {
    expect(aGate().nth(50, (i) => says("海安", at(i)))).toBe(becomes);
  });

  test("an alteration by when it was made", () => {
    const altered = (i: number) => update({ edited_message: sent({ text: "海安", edit_date: T + i * 60 }) });
    expect(aGate().nth(50, altered)).toBe("work");
  });
});

test("presses count by the machine's time, in seconds as long as the office's", () => {
  const { nth, pass } = aGate({ second: 10 });
  expect([nth(11, press), nth(1, press)]).toEqual(["say so once", "drop silently"]);
  pass(9);
  expect(nth(1, press)).toBe("drop silently");
  pass(1);
  expect([nth(1, press), nth(1, press)]).toEqual(["work", "drop silently"]);
});
