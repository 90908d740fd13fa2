import type { Block, DrawnCard } from "../../chat/card.ts";

/** A card as plain text: for the terminal, for `play`, and wherever nothing richer can be drawn. */
export function textOf(card: Pick<DrawnCard, "title" | "blocks">): string {
  return [card.title, ...card.blocks.map(blockText)].filter((part) => part !== "").join("\n");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "text":
      return block.text;
    case "note":
      return `（${block.text}）`;
    case "facts":
      return block.items.map(({ label, value }) => `${label}：${value}`).join("\n");
    case "table": {
      const rows = [block.columns.map((column) => column.title), ...block.rows];
      const widths = block.columns.map((_, i) => Math.max(...rows.map((row) => widthOf(row[i] ?? ""))));
      const line = (row: readonly string[]) =>
        row
          .map((cell, i) => padded(cell, widths[i] ?? 0, block.columns[i]?.align ?? "start"))
          .join("  ")
          .trimEnd();
      return rows.map(line).join("\n");
    }
    default:
      return block satisfies never;
  }
}

/** Columns that a text takes in a fixed-width font: Chinese characters and full-width signs take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}

function padded(text: string, width: number, align: "start" | "end"): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "end" ? space + text : text + space;
}

const graphemes = new Intl.Segmenter("zh-CN", { granularity: "grapheme" });
const wide = /[ᄀ-ᅟ⺀-〾ぁ-㏿㐀-䶿一-鿿가-힣豈-﫿︰-﹏！-｠￠-￦]|\p{Extended_Pictographic}/u;
