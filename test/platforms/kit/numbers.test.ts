import { afterEach, beforeEach, expect, test } from "vitest";
import type { DrawnCard } from "../../../src/chat/card.ts";
import { withNumbers } from "../../../src/platforms/kit/numbers.ts";
import { drawMessages } from "../../../src/platforms/slack/blocks.ts";
import { drawParts } from "../../../src/platforms/telegram/draw.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const table = (opens?: readonly (string | null)[]) => ({
  kind: "table" as const,
  columns: [{ title: "编号" }],
  rows: [["甲"], ["乙"]],
  ...(opens ? { opens } : {}),
});
const card = (...blocks: DrawnCard["blocks"]): DrawnCard => ({ title: "清单", blocks, buttons: [] });

test("rows that open something are numbered through all tables, and each number is a button; others stay as they are", () => {
  const drawn = withNumbers(card(table(["问题 甲", null]), table(), table(["问题 丙", "问题 丁"])));
  expect(drawn.blocks.map((block) => block.kind === "table" && block.rows)).toEqual([
    [
      ["1", "甲"],
      ["—", "乙"],
    ],
    [["甲"], ["乙"]],
    [
      ["2", "甲"],
      ["3", "乙"],
    ],
  ]);
  expect(drawn.buttons.map((button) => [button.label, button.kind === "say" && button.say])).toEqual([
    ["1", "问题 甲"],
    ["2", "问题 丙"],
    ["3", "问题 丁"],
  ]);
  const plain = card(table());
  expect(withNumbers(plain)).toBe(plain);
});

test.each([
  ["市办", "问题", "问题 NT-2020-000001"],
  ["海安联络员", "今日", "问题 NT-2020-000006"],
  ["市办", "任务", "任务 1"],
  ["市办", "滞后", /^任务 \d+$/],
] as const)(
  "%s %s: Slack and Telegram draw a small button for the first row, and it is answered",
  async (who, phrase, said) => {
    const { card } = await office.says(who, phrase);
    const onSlack = drawMessages(card, 4)
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.type === "actions" ? block.elements : []))
      .map((element) => (element.type === "button" ? [element.text.text, element.value ?? ""] : []));
    const onTelegram = drawParts(card, "private").flatMap(({ keyboard }) => keyboard);
    const first = onTelegram.flat().find(({ text }) => text === "1");
    const row = onTelegram.find((buttons) => buttons.some(({ text }) => text === "1"));
    const say = onSlack.find(([label]) => label === "1")?.[1] ?? "";
    expect(say).toMatch(said);
    expect([first?.text, first]).toEqual(["1", expect.objectContaining({ callback_data: `s:${say}` })]);
    // Numbers stand among themselves, eight in a row.
    expect(row?.every(({ text }) => /^\d+$/.test(text)) && (row?.length ?? 0) <= 8).toBe(true);
    expect((await office.says(who, say)).code).toBeNull();
  },
);

test("a city-wide list names the county of each, also where a department has to mend it", async () => {
  for (const who of ["市办", "督查", "市领导", "住建联络员"]) {
    const { card, facts } = await office.says(who, "问题");
    const rows = card.blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));
    for (const [at, { county }] of facts.rows.entries()) expect(rows[at]?.join(" ")).toContain(county);
  }
});
