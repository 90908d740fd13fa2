import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawCard } from "../../../src/bot/draw.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

let stage: Stage;
let office: number;
let liaison: number;
beforeAll(async () => {
  stage = await aStage();
  office = await stage.member("市办");
  liaison = await stage.member("海安联络员");
});
afterAll(() => stage.close());

const nasty = [
  "<b>粗</b><a href='https://evil.example'>点此</a>",
  "</pre></code><tg-spoiler>",
  "@everyone @durov_bot 请看",
  "https://evil.example/path tg://resolve?domain=x www.evil.com",
  "a\u202E倒\u202C\u200B零\u200F宽\uFEFF\u2066x\u2069",
  "&lt;b&gt; &amp; &#60;",
  "家庭👨‍👩‍👧‍👦é\u0301",
];

describe("what people write is drawn inert", () => {
  test.each(nasty)("as a phrase that isn't understood, and as a place in it: %j", async (text) => {
    for (const said of [text, `海安 ${text}`, `/county ${text}`, `问题 ${text}`]) {
      for (const { entities, text: shown } of await stage.says(liaison, said)) {
        expect(entities.filter((e) => !["b", "i", "pre"].includes(e.type))).toEqual([]);
        expect(shown.replaceAll("\u2060", "")).not.toMatch(/[\p{Cf}\p{Cs}]/u);
      }
    }
  });

  test.each(nasty)("as an issue's title, in the answer, in the push and in the list: %j", async (text) => {
    const title = `题${nasty.indexOf(text)}${text}`;
    const answers = await stage.says(office, `交办 海安 “${title}”`);
    const before = stage.server.to(liaison).length;
    await stage.until("the push", async () => {
      await stage.deliver();
      return stage.server.to(liaison).length > before;
    });
    const list = await stage.says(liaison, "问题清单");
    const shown = [...answers, ...stage.server.to(liaison).slice(before), ...list];
    expect(shown.filter((m) => m.text.includes(`题${nasty.indexOf(text)}`)).length).toBeGreaterThan(1);
    for (const { entities, parseMode, file } of shown) {
      // A caption is plain text.
      expect(parseMode).toBe(file ? null : "HTML");
      expect(entities.filter((e) => !["b", "i", "pre"].includes(e.type))).toEqual([]);
    }
    expect(stage.server.violations).toEqual([]);
  });
});

describe("a press", () => {
  test("of a button whose issue isn't there (any more) is refused calmly", async () => {
    const personId = await stage.personId("海安联络员");
    const names = [...stage.bot.registry.actions.keys()];
    expect(names).toContain("issue.acknowledge");
    const button = {
      kind: "press" as const,
      label: "签收",
      action: "issue.acknowledge",
      params: { issue: 987_654, version: 1 },
    };
    const gone = { ...button, action: "issue.no-such-action" };
    for (const any of [button, gone]) {
      const card = { title: "旧卡片", blocks: [], buttons: [any] };
      const drawn = await drawCard(stage.bot.store, card, personId, { demo: true, at: 0 });
      const [drawnButton] = drawn.buttons;
      const token = drawnButton?.kind === "press" ? drawnButton.token : "";
      const [answer] = await stage.presses(liaison, { chat: liaison, id: 1 }, `p:${token}`);
      expect(answer?.text).toMatch(/未能办理/);
      expect(answer?.text).not.toContain("系统暂时不能处理");
    }
  });

  test.each([
    "p:",
    "f:::::::",
    "f:abcdef:c:999:999",
    "s:",
    "海安".repeat(10),
    "\u0000",
    "p:AAAAAAAAAAAAAAAAAAAAAA",
    "s:\u202Eopen",
  ])("with data that nobody has drawn is answered: %j", async (data) => {
    await stage.presses(liaison, { chat: liaison, id: 1 }, data);
    const { attempts, state } = (await newest()) ?? {};
    expect({ attempts, state }).toEqual({ attempts: 1, state: "done" });
  });

  test("without data, or under a message that Telegram doesn't show any more, is answered", async () => {
    for (const message of [undefined, { chat: { id: liaison, type: "private" }, message_id: 1, date: 0 }]) {
      const from = { id: liaison, is_bot: false, first_name: "某人" };
      await stage.answers(liaison, () =>
        stage.server.bring({
          callback_query: { id: "9999", from, chat_instance: "1", ...(message ? { message } : {}) },
        }),
      );
      expect(await newest()).toMatchObject({ attempts: 1, state: "done" });
    }
  });
});

/** The update that was brought last, as it stands in the inbox. */
let last = "";
const newest = () => {
  last = String(stage.server.lastUpdate());
  return stage.bot.store.read((r) => r.inbox.find("telegram", last));
};

test.each([
  { message: {} },
  { message: { text: 5, chat: { id: 1, type: "private" }, from: { id: 1, is_bot: false }, date: 1 } },
  { message: { text: "海安", chat: { id: "x", type: "private" }, from: { id: 1 }, date: "soon" } },
  { message: { text: "海安", chat: {}, from: {}, date: 1 } },
  { message: { document: {}, chat: { id: 7, type: "private" }, from: { id: 7, is_bot: false }, date: 1 } },
  { callback_query: {} },
  { callback_query: { id: "1", from: null, data: "s:海安" } },
  { my_chat_member: {} },
  { my_chat_member: { chat: { id: 5, type: "private" }, old_chat_member: {}, new_chat_member: {} } },
])("an update in a form that nobody has promised keeps no other from being answered: %j", async (update) => {
  stage.server.bring(update as never);
  const [answer] = await stage.says(liaison, "海安");
  expect(answer?.text).toContain("PM2.5");
});
