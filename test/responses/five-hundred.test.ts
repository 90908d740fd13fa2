import { afterAll, beforeAll, expect, test } from "vitest";
import { drawMessages } from "../../src/platforms/slack/blocks.ts";
import { drawParts } from "../../src/platforms/telegram/draw.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { withoutListed } from "../support/own-list.ts";
import { faultOfBlocks } from "../support/slack/limits.ts";
import { starts } from "./stage.ts";

// A county with five hundred enterprises, whom nobody speaks for: what one message can't hold is paged.

const FIRMS = 500;
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-12-10T17:00" });
  await withoutListed(office);
  const rows = Array.from(
    { length: FIRMS },
    (_, i) =>
      `海安第${i + 1}号精密机械铸造与表面处理有限责任公司,海安,铸造,C,黄色,停1至${i + 1}号冲天炉和全部喷涂工序,电表负荷降至10%以下`,
  );
  const head = "企业,县区,行业,绩效分级,级别,减排措施,可核查指标";
  await importText(office, [head, ...rows], { by: "市办" });
  await starts(office, "启动响应 黄色 苏大气办〔2020〕3号");
});
afterAll(() => office.close());

/** Whatever somebody has been shown fits into messages of both platforms. */
async function fits(names: readonly string[], shown: readonly Awaited<ReturnType<AnOffice["says"]>>[]) {
  const pushed = (await Promise.all(names.map((name) => office.cardsOf(name)))).flat();
  const cards = [...pushed, ...shown.map(({ card }) => card)];
  for (const card of cards) {
    const messages = drawMessages(card, 10);
    expect(messages, card.title).toHaveLength(1);
    for (const { blocks } of messages) expect(faultOfBlocks(blocks, "message"), card.title).toBeNull();
    for (const { html, keyboard } of drawParts(card, "private")) {
      expect(html.replaceAll(/<[^>]*>/g, "").length, card.title).toBeLessThanOrEqual(4096);
      expect((keyboard ?? []).flat().length, card.title).toBeLessThanOrEqual(100);
    }
  }
  return cards.length;
}

test("the roll-call of five hundred is paged, and each unit stands on one page", async () => {
  const board = await office.says("市办", "应急");
  expect(board.facts.byCounty.海安).toMatchObject({ orders: FIRMS, acknowledged: 0 });
  const pages = [];
  const seen = new Set<string>();
  let page = await office.says("市办", "应急 未签收 海安");
  for (;;) {
    pages.push(page);
    for (const { unit } of page.facts.rows) {
      expect(seen.has(unit)).toBe(false);
      seen.add(unit);
    }
    if (!page.labels.includes("下一页")) break;
    page = await office.presses("市办", "下一页");
  }
  // The county itself is silent, too.
  expect(seen.size).toBe(FIRMS + 1);
  expect((await office.says("市办", "应急 未签收 第99页")).code).toBe("bad-number");
  expect(await fits(["市办", "海安联络员"], [board, ...pages])).toBeGreaterThan(25);
});

test("so are the enterprises that are silent at the end of the term, and those that are looked at on the spot", async () => {
  await office.advanceTo("2020-12-10T19:00");
  const checks = await office.says("督查", "应急 抽查");
  expect(checks.facts.drawn).toHaveLength(FIRMS / 10);
  await fits(["市办", "海安联络员", "海安领导", "督查"], [checks]);
  expect((await office.presses("海安联络员", "已通知无联系人企业")).card.title).toBe(
    `已登记电话通知${FIRMS}家企业`,
  );
  expect((await office.says("海安联络员", "应急 未执行 第2页")).facts.rows).toHaveLength(20);
});
