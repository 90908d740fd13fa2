import { graphemesOf } from "./graphemes.ts";

/** A table of plain strings, as a card has it. */
export type TextTable = {
  columns: readonly { title: string; align?: "start" | "end" }[];
  rows: readonly (readonly string[])[];
};

/** Columns that a text takes in a fixed-width font: Chinese characters and full-width signs take two. */
export function widthOf(text: string): number {
  const plain = plainWidth(text);
  if (plain !== null) return plain;
  let width = 0;
  for (const sign of graphemesOf(text)) width += wide.test(sign) ? 2 : 1;
  return width;
}

/**
 * The same for what nearly all texts are made of: characters that stand alone, which nothing after them joins. Null where
 * there is any other; taking a text apart by Unicode's rules costs fifty times as much.
 */
function plainWidth(text: string): number | null {
  let width = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (
      (c >= 0x20 && c <= 0x7e) ||
      (c >= 0xb0 && c <= 0xb7) ||
      (c >= 0x2010 && c <= 0x2027) ||
      (c >= 0x2080 && c <= 0x2089)
    )
      width += 1;
    else if ((c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3001 && c <= 0x3020) || (c >= 0xff01 && c <= 0xff60))
      width += 2;
    else return null;
  }
  return width;
}

/** A table's lines in a fixed-width font, heads first, columns `gap` spaces apart; `end` columns align right. */
export function linesOf(table: TextTable, gap = 2): string[] {
  const rows = [table.columns.map((column) => column.title), ...table.rows];
  const widths = widthsOf(table);
  return rows.map((row) =>
    row
      .map((cell, i) => padded(cell, widths[i] ?? 0, table.columns[i]?.align ?? "start"))
      .join(" ".repeat(gap))
      .trimEnd(),
  );
}

/** Columns that the whole table takes. */
export function tableWidth(table: TextTable, gap = 2): number {
  return widthsOf(table).reduce((sum, width) => sum + width + gap, -gap);
}

function widthsOf({ columns, rows }: TextTable): number[] {
  return columns.map(({ title }, i) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[i] ?? ""))));
}

function padded(text: string, width: number, align: "start" | "end"): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "end" ? space + text : text + space;
}

const wide = /[ᄀ-ᅟ⺀-〾ぁ-㏿㐀-䶿一-鿿가-힣豈-﫿︰-﹏！-｠￠-￦]|\p{Extended_Pictographic}/u;
