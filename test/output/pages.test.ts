import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { pagePicture } from "../../src/output/page-picture.ts";
import type { Page } from "../../src/output/page-strip.ts";
import { pagesOf } from "../../src/output/pages.ts";
import type { PaperBlock, PaperModel } from "../../src/output/paper-model.ts";
import { transferLetterModel } from "../../src/output/transfer-letter.ts";
import { letter } from "../support/papers.ts";

const paper = (blocks: readonly PaperBlock[], over: Partial<PaperModel> = {}): PaperModel => ({
  ...{ name: "函", creator: "市办", marks: [], margins: "letter" as const, blocks },
  ...over,
});
const textsOf = ({ marks }: Page) => marks.flatMap((mark) => (mark.kind === "text" ? [mark] : []));
/** What is read on a page, without its number and marks. */
const wordsOn = (page: Page) =>
  textsOf(page)
    .filter(({ text, color }) => color === undefined && !/^— \d+ —$/.test(text))
    .map(({ text }) => text);

describe("the pages of a paper", () => {
  test("hold every word of what is signed, on as many pages as it takes, each with its number and marks", () => {
    const reason = Array.from({ length: 40 }, (_, i) => `第${i + 1}条理由，${"事".repeat(60)}。`).join("\n");
    const pages = pagesOf(
      transferLetterModel(letter({ reason, marks: ["演示数据，非真实监测结果"], signed: null })),
    );
    expect(pages.length).toBeGreaterThan(4);
    for (const [i, page] of pages.entries()) {
      const texts = textsOf(page).map(({ text }) => text);
      expect(texts).toContain(`— ${i + 1} —`);
      expect(texts).toContain("待审批稿，未经审批不得对外　演示数据，非真实监测结果");
    }
    const all = pages.flatMap(wordsOn).join("");
    for (let i = 1; i <= 40; i++) expect(all).toContain(`第${i}条理由，${"事".repeat(60)}。`);
  });

  test("lose no sign of any text, and none stands outside the page", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: fc.constantFrom(..."裸土未覆盖，。（）ABCxyz0123456789-_/ "), maxLength: 300 }),
          { minLength: 1, maxLength: 12 },
        ),
        (texts) => {
          const pages = pagesOf(
            paper([
              ...texts.map((text): PaperBlock => ({ kind: "text", text })),
              { kind: "table", widths: [1, 2], rows: texts.map((text) => [text.slice(0, 40), text]) },
            ]),
          );
          const bare = (all: readonly string[]) => all.join("").replaceAll(" ", "");
          const wanted = [...texts, ...texts.flatMap((text) => [text.slice(0, 40), text])];
          expect(bare(pages.flatMap(wordsOn))).toBe(bare(wanted));
          for (const { x, y } of pages.flatMap(textsOf)) {
            expect(x).toBeGreaterThan(0);
            expect(x).toBeLessThan(595);
            expect(y).toBeGreaterThan(0);
            expect(y).toBeLessThan(842);
          }
        },
      ),
      { numRuns: process.env.TEST_FULL ? 1000 : 40 },
    );
  });

  test("a signature never stands alone on its page", () => {
    for (let n = 15; n < 25; n++) {
      const text = { kind: "text" as const, text: "一行" };
      const pages = pagesOf(
        paper([...Array(n).fill(text), { kind: "signature", body: "市办", date: "2020年6月5日" }]),
      );
      expect(wordsOn(pages.at(-1) as Page).slice(-3)).toEqual(["一行", "市办", "2020年6月5日"]);
    }
  });

  test("a table's head stands again on each page, and no row is cut", () => {
    const rows = [["编号", "问题"], ...Array.from({ length: 60 }, (_, i) => [`${i + 1}`, "问题\n两行"])];
    const pages = pagesOf(paper([{ kind: "table", widths: [1, 3], rows, head: true }]));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      const words = wordsOn(page);
      expect(words.slice(0, 2)).toEqual(["编号", "问题"]);
      expect(words.filter((text) => text === "两行")).toHaveLength(
        words.filter((text) => /^\d+$/.test(text)).length,
      );
    }
  });

  test("are pictures as large as a phone can show", async () => {
    const [page] = pagesOf(transferLetterModel(letter()));
    const { width, height, format } = await sharp(await pagePicture(page as Page)).metadata();
    expect([format, width, height]).toEqual(["png", 1191, 1684]);
  });
});
