import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Block, DrawnButton, DrawnCard } from "../../../src/chat/card.ts";
import { widthOf } from "../../../src/platforms/kit/columns.ts";
import { visible } from "../../../src/platforms/kit/plain-text.ts";
import { telegramOf } from "../../../src/platforms/telegram/api.ts";
import { drawParts } from "../../../src/platforms/telegram/draw.ts";
import { parseHtml } from "../../support/telegram/html.ts";
import { startTelegramServer, type TelegramServer } from "../../support/telegram/server.ts";

const full = process.env.TEST_FULL === "1";
const card = (over: Partial<DrawnCard>): DrawnCard => ({ title: "标题", blocks: [], buttons: [], ...over });
const table = (titles: string[], rows: string[][]): Block => ({
  kind: "table",
  columns: titles.map((title) => ({ title })),
  rows,
});

describe("a table", () => {
  test("that a phone shows whole keeps its columns, Chinese counting double", () => {
    const [part] = drawParts(
      card({
        blocks: [
          table(
            ["地区", "PM2.5"],
            [
              ["海安", "36"],
              ["通州湾示范区", "9"],
            ],
          ),
        ],
      }),
      "private",
    );
    const { entities } = parseHtml(part?.html ?? "");
    const lines = entities.find((e) => e.type === "pre")?.text.split("\n") ?? [];
    const at = lines.map((line) => widthOf(line.slice(0, line.search(/PM2|\d+$/))));
    expect(new Set(at).size).toBe(1);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(36);
  });

  test("too wide for a phone becomes a block a row, every value with its column's name", () => {
    const titles = ["位次", "地区", "浓度（微克/立方米）", "优良天数比率（%）", "同比变化"];
    const [part] = drawParts(
      card({ blocks: [table(titles, [["1", "海安", "36", "90.3", "下降5.0%"]])] }),
      "private",
    );
    expect(part?.html).not.toContain("<pre>");
    for (const words of [
      "<b>位次1 海安</b>",
      "浓度（微克/立方米） 36",
      "优良天数比率（%） 90.3",
      "同比变化 下降5.0%",
    ])
      expect(part?.html).toContain(words);
  });

  test("over several messages repeats its head, and no row is lost or cut", () => {
    const rows = Array.from({ length: 500 }, (_, i) => [`行${i}`, "数".repeat(10)]);
    const parts = drawParts(card({ blocks: [table(["序号", "内容"], rows)] }), "private");
    expect(parts.length).toBeGreaterThan(1);
    const texts = parts.map((p) => parseHtml(p.html).text);
    for (const [name] of rows) expect(texts.filter((t) => t.includes(`${name} `))).toHaveLength(1);
    for (const text of texts) expect(text).toContain("序号");
    expect(texts.slice(0, -1).every((t) => t.endsWith("（未完，见下一条）"))).toBe(true);
    expect(texts[1]).toContain(`（续2/${parts.length}）`);
  });

  test("beyond ten messages says how much is left out and how to see it", () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => [`行${i}`, "数".repeat(10)]);
    const parts = drawParts(card({ blocks: [table(["序号", "内容"], rows)] }), "private");
    expect(parts).toHaveLength(10);
    expect(parts.at(-1)?.plain).toMatch(/…内容较长，还有约\d+行没有列出。请缩小范围/);
  });
});

describe("buttons", () => {
  const say = (phrase: string): DrawnButton => ({ kind: "say", label: "看", say: phrase });

  test("hold 64 bytes; a longer phrase is shown to be sent by hand", () => {
    const long = `任务 ${"住房和城乡建设局".repeat(3)}`;
    const [part] = drawParts(card({ buttons: [say("海安"), say(long)] }), "private");
    expect(part?.keyboard.flat().map((b) => b.text)).toEqual(["看"]);
    expect(part?.plain).toContain(`发送：${long}`);
  });

  test("that are personal aren't drawn in a group", () => {
    const press: DrawnButton = { kind: "press", label: "签收", token: "x".repeat(22), fields: [] };
    const [part] = drawParts(card({ buttons: [press, say("海安")] }), "group");
    expect(JSON.stringify(part?.keyboard)).not.toContain("p:");
    expect(part?.plain).toContain("办理按钮只在私聊里显示");
  });
});

test("text of others is inert: no markup, mention, link, hidden or direction-turning character of theirs is left", () => {
  const nasty = [
    "<b>粗</b><a href='https://evil.example'>点此</a>",
    "</pre></b><i>",
    "@everyone @durov_bot",
    "https://evil.example/path tg://resolve?domain=x www.evil.com 坏.中国",
    "a\u202Eevil\u202C\u200B\u200F\uFEFF\u2066x\u2069",
    "&lt;!channel&gt; &amp; &#60;script&#62;",
    "\u0000\u0007\uD800",
    "x\u200D藏👨\u200D \u200D👩",
  ];
  const blocks: Block[] = nasty.flatMap((text): Block[] => [
    { kind: "text", text },
    { kind: "note", text },
    { kind: "facts", items: [{ label: text, value: text }] },
    table([text, "二"], [[text, text]]),
    table(["一", "二"], [["x", text.slice(0, 12)]]),
  ]);
  for (const title of nasty) {
    const parts = drawParts(
      card({ title, blocks, buttons: [{ kind: "say", label: title, say: title }] }),
      "private",
    );
    for (const part of parts) {
      const { text, entities } = parseHtml(part.html);
      expect(entities.filter((e) => !["b", "i", "pre"].includes(e.type))).toEqual([]);
      expect(text.replaceAll("\u2060", "")).not.toMatch(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u);
      expect(text).toBe(part.plain);
    }
    expect(parts.map((p) => p.plain).join("\n")).toContain("&lt;!channel&gt; &amp; &#60;script&#62;");
  }
});

test("a picture that is joined of several stays one; joined to nothing it hides nothing", () => {
  const families = ["👨‍👩‍👧‍👦", "❤️‍🔥", "👩🏽‍🚒"];
  for (const whole of families) expect(visible(`甲${whole}乙`)).toBe(`甲${whole}乙`);
  expect(visible("a\u200Db👨\u200D。\u200D👩")).toBe("ab👨。👩");
});

describe("whatever a card holds", () => {
  let server: TelegramServer;
  beforeAll(async () => {
    server = await startTelegramServer({ second: 0 });
  });
  afterAll(() => server.close());

  const bits = fc.constantFrom(
    "海",
    "安",
    "a",
    " ",
    "\n",
    "&",
    "<",
    ">",
    '"',
    "@x",
    "\u202E",
    "\u200D",
    "👨‍👩‍👧‍👦",
    "é",
    "ا",
    "\uD83D",
    ".com",
    "0",
    "\u0301",
  );
  const words = (max: number) => fc.array(bits, { maxLength: max }).map((list) => list.join(""));
  const long = fc.tuple(words(8), fc.integer({ min: 1, max: 900 })).map(([text, n]) => text.repeat(n));
  const anyText = fc.oneof({ weight: 5, arbitrary: words(30) }, { weight: 1, arbitrary: long });
  const anyTable = fc.integer({ min: 0, max: 7 }).chain((columns) =>
    fc.record({
      kind: fc.constant("table" as const),
      columns: fc.array(fc.record({ title: words(8) }), { minLength: columns, maxLength: columns }),
      rows: fc.array(fc.array(words(12), { minLength: columns, maxLength: columns }), { maxLength: 60 }),
    }),
  );
  const anyBlock: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ kind: fc.constant("text" as const), text: anyText }),
    fc.record({ kind: fc.constant("note" as const), text: anyText }),
    fc.record({
      kind: fc.constant("facts" as const),
      items: fc.array(fc.record({ label: words(8), value: anyText }), { maxLength: 8 }),
    }),
    anyTable,
  );
  const anyButton: fc.Arbitrary<DrawnButton> = fc.oneof(
    fc.record({ kind: fc.constant("say" as const), label: words(40), say: words(40) }),
    fc.record({
      kind: fc.constant("press" as const),
      label: words(40),
      token: fc.constant("t".repeat(22)),
      fields: fc.constant([]),
    }),
  );
  const anyCard = fc.record({
    title: anyText,
    blocks: fc.array(anyBlock, { maxLength: 6 }),
    buttons: fc.array(anyButton, { maxLength: 130 }),
  });

  test("Telegram refuses none of its messages, as HTML or as plain text", async () => {
    const telegram = telegramOf({ token: server.token, apiRoot: server.apiRoot });
    await fc.assert(
      fc.asyncProperty(anyCard, fc.constantFrom("private" as const, "group" as const), async (any, where) => {
        for (const part of drawParts(any, where)) {
          const reply_markup = { inline_keyboard: part.keyboard };
          await telegram.call("sendMessage", (api) =>
            api.sendMessage(1, part.html, { parse_mode: "HTML", reply_markup }),
          );
          await telegram.call("sendMessage", (api) => api.sendMessage(1, part.plain, { reply_markup }));
        }
      }),
      { numRuns: full ? 10_000 : 120, seed: 20200615 },
    );
  });
});
