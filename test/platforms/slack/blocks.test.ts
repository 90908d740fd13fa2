import fc from "fast-check";
import { expect, test } from "vitest";
import type { DrawnCard } from "../../../src/chat/card.ts";
import { drawMessages } from "../../../src/platforms/slack/blocks.ts";
import { filledIn, formView } from "../../../src/platforms/slack/form.ts";
import { alignedLines } from "../../../src/platforms/slack/table.ts";
import { typed } from "../../../src/platforms/slack/text.ts";
import { anyText } from "../../support/any-text.ts";
import { faultOfBlocks, faultOfView, seenIn, specialsIn } from "../../support/slack/limits.ts";

const runs = process.env.TEST_FULL === "1" ? 10_000 : 500;

const nasty = [
  "<!channel>",
  "<!here|大家>",
  "<@U0ANYBODY>",
  "<https://evil.example|点此>",
  "&lt;!channel&gt;",
  "*粗* _斜_ ~删~ `码` ```块```",
  "https://evil.example",
  "@everyone",
  "甲\u202e乙",
  "零\u200b宽\u200d",
  "👨‍👩‍👧👍",
  "\ud800",
  "一\r\n二\n\n\n三",
  "",
  " ",
  "海安".repeat(2000),
  "x".repeat(4000),
];
const text = fc.oneof(fc.constantFrom(...nasty), anyText({ maxLength: 60 }), fc.string({ maxLength: 200 }));
const short = fc.oneof(fc.constantFrom("海安", "PM2.5", "—", "41"), text);
const tone = fc.constantFrom("good", "notice", "bad", "muted", undefined);
const table = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.record({
    kind: fc.constant("table"),
    columns: fc.array(fc.record({ title: short, align: fc.constantFrom("start", "end", undefined) }), {
      minLength: n,
      maxLength: n,
    }),
    rows: fc.array(fc.array(short, { maxLength: n }), { maxLength: 60 }),
  }),
);
const block = fc.oneof(
  fc.record({ kind: fc.constant("text"), text, tone }),
  fc.record({
    kind: fc.constant("facts"),
    items: fc.array(fc.record({ label: short, value: text, tone }), { maxLength: 30 }),
  }),
  fc.record({ kind: fc.constant("note"), text }),
  table,
);
const button = fc.oneof(
  fc.record({ kind: fc.constant("say"), label: short, say: text }),
  fc.record({
    kind: fc.constant("press"),
    label: short,
    token: fc.constant("0123456789abcdefghijkl"),
    style: fc.constantFrom("primary", "danger", undefined),
    fields: fc.constant([]),
  }),
);
const card = fc.record({
  title: text,
  tone,
  blocks: fc.array(block, { maxLength: 40 }),
  buttons: fc.array(button, { maxLength: 60 }),
}) as fc.Arbitrary<unknown> as fc.Arbitrary<DrawnCard>;

/** What makes one picture of two. */
const JOINS = /(?<=\p{Extended_Pictographic}[\ufe0f\p{EMod}]?)\u200d(?=\p{Extended_Pictographic})/gu;
test("no card is drawn that Slack would refuse, and nothing in it is a mention or a link", () => {
  fc.assert(
    fc.property(card, fc.constantFrom(1, 4, 10), (drawn, most) => {
      const messages = drawMessages(drawn, most);
      expect(messages.length).toBeLessThanOrEqual(most);
      for (const message of messages) {
        expect(faultOfBlocks(message.blocks, "message")).toBeNull();
        expect(specialsIn(message)).toEqual([]);
        expect([...message.text].length).toBeLessThanOrEqual(4000);
        expect(message.text.trim()).not.toBe("");
        expect(seenIn(message.blocks).replace(JOINS, "")).not.toMatch(
          /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/,
        );
      }
      expect(faultOfBlocks(drawMessages(drawn, 1, 100)[0]?.blocks, "home")).toBeNull();
    }),
    { numRuns: runs, seed: 1 },
  );
});

test("blocks that many get are drawn for each as for the first", () => {
  fc.assert(
    fc.property(card, card, (one, other) => {
      const shared = { ...other, blocks: one.blocks };
      const drawn = [one, shared, shared].map((each) => drawMessages(each, 9));
      expect(drawn).toEqual([one, shared, shared].map((each) => drawMessages(structuredClone(each), 9)));
    }),
    { numRuns: runs / 5, seed: 1 },
  );
});

test("every row of a long table is there, in order, over as many messages as it takes", () => {
  const rows = Array.from({ length: 1500 }, (_, i) => [`第${i + 1}`, "工地裸土未覆盖", String(i)]);
  const drawn: DrawnCard = {
    title: "清单",
    blocks: [
      { kind: "table", columns: [{ title: "序" }, { title: "问题" }, { title: "数", align: "end" }], rows },
    ],
    buttons: [{ kind: "say", label: "今日", say: "今日" }],
  };
  const seen = drawMessages(drawn, 10).map((m) => seenIn(m.blocks));
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.join("\n").match(/第\d+/g)).toEqual(rows.map(([no]) => no));
  expect(seen.slice(0, -1).join("")).not.toContain("今日");
  expect(seen.at(-1)).toContain("今日");
});

test("what doesn't fit is counted, with how to see it, never dropped in silence", () => {
  const rows = Array.from({ length: 3000 }, (_, i) => [`第${i + 1}行`, "内容"]);
  const drawn: DrawnCard = {
    title: "清单",
    blocks: [{ kind: "table", columns: [{ title: "序" }, { title: "事" }], rows }],
    buttons: [],
  };
  const seen = seenIn(drawMessages(drawn, 1)[0]?.blocks);
  const shown = seen.match(/第\d+行/g)?.length ?? 0;
  expect(seen).toContain(`…共3000行，这里显示前${shown}行。`);
});

test("columns stand straight whatever the font's ratio of Chinese to Latin is", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.array(fc.constantFrom("海安", "PM2.5", "41.3", "—", "下降10.0%"), {
          minLength: 3,
          maxLength: 3,
        }),
        { minLength: 1 },
      ),
      (rows) => {
        const aligned = alignedLines({
          kind: "table",
          columns: [{ title: "地区" }, { title: "浓度", align: "end" }, { title: "x", align: "end" }],
          rows,
        });
        const counts = [aligned?.head ?? "", ...(aligned?.lines ?? [])].map((line) => {
          const wide = [...line].filter((c) => /[\u3000-\u9fff]/.test(c)).length;
          return `${wide}/${line.length - wide}`;
        });
        expect(new Set(counts).size).toBe(1);
      },
    ),
    { numRuns: runs, seed: 1 },
  );
});

test("no form is drawn that Slack would refuse", () => {
  const field = fc.record({
    name: fc.constant("x"),
    label: short,
    kind: fc.constantFrom("text", "longtext", "number", "date", "choice"),
    required: fc.boolean(),
    hint: text,
    value: fc.oneof(text, fc.constant("2020-06-15")),
    options: fc.uniqueArray(
      fc.string({ minLength: 1, maxLength: 160 }).map((v) => ({ value: v, label: v })),
      { maxLength: 110, selector: (o) => o.value },
    ),
  });
  fc.assert(
    fc.property(text, fc.array(field, { minLength: 1, maxLength: 110 }), (title, fields) => {
      const named = fields.map((f, i) => ({ ...f, name: `f${i}` })) as never;
      expect(faultOfView(formView("0123456789abcdefghijkl", { title, fields: named }))).toBeNull();
    }),
    { numRuns: runs, seed: 1 },
  );
});

test("what comes back from a form is read by its fields' names; what was left empty is left out", () => {
  expect(
    filledIn({
      a: { value: { value: "甲" } },
      b: { value: { selected_date: "2020-06-15" } },
      c: { value: { selected_option: { value: "一般" } } },
      d: { value: { value: null } },
    }),
  ).toEqual({ a: "甲", b: "2020-06-15", c: "一般" });
});

test.each([
  ["<@U0BOT> 海安 5月", "海安 5月"],
  ["排名 <http://PM2.5|PM2.5>", "排名 PM2.5"],
  ["看 <https://a.example/x>", "看 https://a.example/x"],
  ["A &amp; B &lt;5", "A & B <5"],
  ["<!channel> 海安", "海安"],
  ["<#C1|讨论> 海安", "讨论 海安"],
])("%s was typed as %s", (said, was) => {
  expect(typed(said, "U0BOT")).toBe(was);
});
