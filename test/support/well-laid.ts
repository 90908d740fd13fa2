import { expect } from "vitest";
import { contextOf } from "../../src/bot/lantian.ts";
import type { Page } from "../../src/output/page-strip.ts";
import { pagesOf } from "../../src/output/pages.ts";
import type { PaperModel } from "../../src/output/paper-model.ts";
import { madeLook, modelOf } from "../../src/papers/made-look.ts";
import { drawnFrom } from "../../src/papers/paper-files.ts";
import type { AnOffice } from "./office.ts";
import { CAN_LOOK, KEEPS_WIDTHS, turnedPages } from "./turned-pages.ts";

/**
 * Expects the newest paper of a kind to be laid out as an office sends it: a signature has text on its page, no heading is the
 * last of its page, no number is broken in its cell. In the full run Word turns its pages where the phone does.
 */
export async function expectWellLaid({ bot }: Pick<AnOffice, "bot">, kind: string): Promise<void> {
  const context = await contextOf(bot);
  const from = await bot.store.read(async (store) => {
    const { rows } = await store.officialPapers.list({ kinds: [kind] }, 1);
    return rows[0] === undefined ? null : drawnFrom(rows[0], { ...context, store });
  });
  if (from === null) throw new Error(`there is no ${kind}`);
  const model = modelOf(from);
  const pages = pagesOf(model).map(textsOf);
  expect(lonely(model, pages), `${kind}: ${JSON.stringify(pages.at(-1))}`).toEqual([]);
  expect(brokenNumbers(model, pages), kind).toEqual([]);
  if (process.env.TEST_FULL === undefined || !CAN_LOOK) return;
  const { bytes } = await madeLook(from, "word", bot.vault);
  const { paper = [] } = await turnedPages({ paper: bytes });
  if (KEEPS_WIDTHS) expect([kind, paper.length]).toEqual([kind, pages.length]);
  expect(
    paper.filter((lines) => lines.length < LEAST),
    kind,
  ).toEqual([]);
}

/** Lines that a page has at least: of text two, who signs, and when. */
const LEAST = 4;

/** The texts of a page in their order, without its head and its number. */
const textsOf = ({ marks }: Page): string[] =>
  marks.flatMap((mark) =>
    mark.kind === "text" && mark.color === undefined && !/^— \d+ —$/.test(mark.text) ? [mark.text] : [],
  );

/** Signatures without two lines of text above them, and headings at the foot of a page. */
function lonely({ blocks }: PaperModel, pages: readonly (readonly string[])[]): string[] {
  const headings = new Set(blocks.flatMap((block) => (block.kind === "heading" ? [block.text] : [])));
  return pages.flatMap((texts) => {
    const last = texts.at(-1) ?? "";
    const isHeading = [...headings].some(
      (heading) => last.endsWith(heading) && last.length < heading.length + 5,
    );
    const signed = blocks.find((block) => block.kind === "signature");
    const at = signed === undefined ? -1 : texts.lastIndexOf(signed.date);
    return [...(isHeading ? [last] : []), ...(at >= 0 && at + 1 < LEAST ? [texts[at] ?? ""] : [])];
  });
}

/** Numbers of cells that stand whole in no line of a page. */
function brokenNumbers({ blocks }: PaperModel, pages: readonly (readonly string[])[]): string[] {
  const lines = pages.flat();
  const numbers = new Set(
    blocks.flatMap((block) =>
      block.kind === "table"
        ? block.rows.flat().flatMap((cell) => {
            const text = typeof cell === "string" ? cell : "text" in cell ? cell.text : "";
            return text.match(/\d+(?:\.\d+)?%?/g) ?? [];
          })
        : [],
    ),
  );
  return [...numbers].filter((number) => !lines.some((line) => line.includes(number)));
}
