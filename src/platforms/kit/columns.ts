/** A table of plain strings, as a card has it. */
export type Table = {
  columns: readonly { title: string; align?: "start" | "end" }[];
  rows: readonly (readonly string[])[];
};

/** Columns that a text takes in a fixed-width font: Chinese characters and full-width signs take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}

/** A table's lines in a fixed-width font, heads first, columns `gap` spaces apart; `end` columns align right. */
export function linesOf(table: Table, gap = 2): string[] {
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
export function tableWidth(table: Table, gap = 2): number {
  return widthsOf(table).reduce((sum, width) => sum + width + gap, -gap);
}

function widthsOf({ columns, rows }: Table): number[] {
  return columns.map(({ title }, i) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[i] ?? ""))));
}

function padded(text: string, width: number, align: "start" | "end"): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "end" ? space + text : text + space;
}

const graphemes = new Intl.Segmenter("zh-CN", { granularity: "grapheme" });
const wide = /[ᄀ-ᅟ⺀-〾ぁ-㏿㐀-䶿一-鿿가-힣豈-﫿︰-﹏！-｠￠-￦]|\p{Extended_Pictographic}/u;
