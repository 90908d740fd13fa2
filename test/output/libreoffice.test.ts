import { beforeAll, describe, expect, test } from "vitest";
import { closingSlipModel } from "../../src/output/closing-slip.ts";
import { pagesOf } from "../../src/output/pages.ts";
import type { PaperBlock, PaperModel } from "../../src/output/paper-model.ts";
import { transferLetterModel } from "../../src/output/transfer-letter.ts";
import { writeDocument } from "../../src/output/word.ts";
import { letter, OFFICE, official, photo, slip, slipRound } from "../support/papers.ts";
import { CAN_LOOK, turnedPages } from "../support/turned-pages.ts";

const FULL = process.env.TEST_FULL !== undefined;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const name = (what: string, n: number) => `${what}${n}`;
const models = <T>(what: string, sizes: readonly number[], model: (n: number) => T): Record<string, T> =>
  Object.fromEntries(sizes.map((n) => [name(what, n), model(n)]));

const isSignature = (block: PaperBlock) => block.kind === "signature";
const SIGNATURE: PaperBlock = { kind: "signature", body: OFFICE, date: "2020年6月15日" };
const LONG_NAME = "南通市经济技术开发区管理委员会和苏锡通科技产业园区管理委员会";
const IMPRINT = { copies: [LONG_NAME, "南通市公安局"], issuer: OFFICE, date: "2020年6月15日" };

/** A table whose rows have a beginning and an end, which have to stand on one page. */
const table = (rows: number): PaperBlock => ({
  kind: "table",
  head: true,
  widths: [1, 3, 1],
  align: ["center", "left", "center"],
  height: 8,
  rows: [
    ["次序", "县（市、区）", "浓度"],
    ...range(1, rows).map((n) => [
      String(n),
      `第${n}行始\n${n % 5 === 0 ? `${LONG_NAME}\n` : ""}第${n}行末`,
      "36",
    ]),
  ],
});
const ranking = (rows: number) =>
  official({
    blocks: [
      { kind: "title", lines: ["各县（市、区）排名"] },
      table(rows),
      { kind: "note", text: "注：未经审核。" },
      SIGNATURE,
    ],
  });
/** Headings of all levels among paragraphs of one and of several lines. */
const outline = (lines: number) =>
  official({
    imprint: IMPRINT,
    blocks: [
      ...official({}, lines).blocks.slice(0, -1),
      ...([1, 2, 3, 4] as const).flatMap((level): PaperBlock[] => [
        { kind: "heading", level, text: "标题" },
        { kind: "text", text: "正文内容很长，".repeat(level * 9) },
      ]),
      { kind: "attachments", names: range(1, 8).map((n) => `${LONG_NAME}${n}月空气质量排名表`) },
      SIGNATURE,
      { kind: "remark", text: "此件公开发布" },
      { kind: "appendix", title: "排名表" },
      { kind: "text", text: "附件正文。" },
    ],
  });

/** Closing slips from short to more than a page could hold. */
async function slips(): Promise<Record<string, PaperModel>> {
  const picture = await photo("整改前照片　现场.jpg（校验码 9239eb4246d6）", "#884422", [1600, 1200]);
  const full = (count: number, signs: number) =>
    closingSlipModel(
      slip({
        rounds: range(1, count).map((n) =>
          slipRound({ name: `第${n}轮`, measures: "已覆盖，".repeat(signs / 4) }),
        ),
        title: "工地裸土未覆盖，".repeat(20),
        helping: "南通市城市管理局、南通市生态环境局",
        requirement: "立即覆盖并冲洗。".repeat(signs / 8),
        before: [picture, picture],
        after: [picture, picture],
        marks: ["演示数据，非真实监测结果"],
      }),
    );
  return {
    slipShort: closingSlipModel(slip()),
    slipUsual: full(2, 80),
    slipLong: full(3, 400),
    slipLongest: full(12, 1000),
  };
}

const papers: Record<string, PaperModel> = {
  ...models("lines", FULL ? range(10, 40) : [3, 13, 14, 15], (n) =>
    official({ no: "通气办〔2020〕12号" }, n),
  ),
  ...models("rows", FULL ? range(12, 50) : [15, 16, 17, 60], ranking),
  ...models("outline", FULL ? range(1, 25) : [4, 9, 12], outline),
  red: official(
    { redHead: `${OFFICE}文件`, no: "通气办〔2020〕12号", signer: "王市长", imprint: IMPRINT },
    4,
  ),
  letter: transferLetterModel(letter()),
};

describe.skipIf(!CAN_LOOK)("pages as another program turns them", () => {
  let pages: Record<string, string[][]>;
  beforeAll(async () => {
    Object.assign(papers, await slips());
    const written = Object.entries(papers).map(async ([what, paper]) => [what, await writeDocument(paper)]);
    pages = await turnedPages(Object.fromEntries(await Promise.all(written)));
  }, 300_000);
  const each = () => Object.entries(pages);

  test("are as many as the pictures of a phone", () => {
    for (const [paper, turned] of each())
      expect([paper, turned.length]).toEqual([paper, pagesOf(papers[paper] as PaperModel).length]);
  });

  test("none has a signature with less than two lines of text, or a part of one", () => {
    for (const [paper, turned] of each()) {
      const { body, date } = papers[paper]?.blocks.find(isSignature) ?? { body: "", date: "" };
      const signed =
        turned.find((lines) => lines.some((line, i) => line === body && lines[i + 1] === date)) ?? [];
      expect([paper, signed.indexOf(body) >= 2]).toEqual([paper, true]);
    }
  });

  test("none ends with a heading, and none begins with the last line of a paragraph", () => {
    for (const [paper, turned] of each())
      for (const lines of turned)
        expect([paper, lines.at(-1)]).not.toEqual([
          paper,
          expect.stringMatching(/^(一、|（一）|1\.|（1）)标题$/),
        ]);
  });

  test("a table's head stands on each of its pages, and no row is cut", () => {
    for (const [paper, turned] of each().filter(([what]) => what.startsWith("rows")))
      for (const lines of turned) {
        const said = lines.join("\n");
        if (/第\d+行/.test(said))
          expect([paper, said]).toEqual([paper, expect.stringContaining("县（市、区）")]);
        const begun = [...said.matchAll(/第(\d+)行始/g)].map(([, n]) => n);
        expect([...said.matchAll(/第(\d+)行末/g)].map(([, n]) => n)).toEqual(begun);
      }
  });

  test("版记 stands on the last page alone", () => {
    for (const [paper, turned] of each().filter(([what]) => papers[what]?.imprint !== undefined)) {
      const withImprint = turned.flatMap((lines, i) =>
        lines.some((line) => line.endsWith("印发")) ? [i] : [],
      );
      expect([paper, withImprint]).toEqual([paper, [turned.length - 1]]);
    }
  });

  test("a 销号单 is one page, whatever it has to hold", () => {
    const slips = each().filter(([what]) => what.startsWith("slip"));
    expect(slips.map(([what, turned]) => [what, turned.length])).toEqual(slips.map(([what]) => [what, 1]));
  });
});
