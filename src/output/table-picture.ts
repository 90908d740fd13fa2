import { type Brush, fitted, INK, png } from "./canvas.ts";

/** A table to be shown as a picture, where a chat has no room for its columns. */
export type TablePicture = {
  title: string;
  columns: readonly { title: string; align?: "start" | "end" }[];
  rows: readonly (readonly string[])[];
  /** Small print below: sources, data status. */
  notes: readonly string[];
};

const PAD = 28;
const ROW = 36;
const CELL = 14;
const SIZE = 16;
const WIDEST_CELL = 340;
/** Rows that one picture holds well; a longer table is several. */
export const ROWS_A_PICTURE = 40;

/** The table as a PNG, as wide as its columns need. */
export async function tablePicture(table: TablePicture): Promise<Uint8Array> {
  let widths: number[] = [];
  await png({ width: 1, height: 1 }, (brush) => {
    widths = widthsOf(brush, table);
  });
  const inner = widths.reduce((sum, w) => sum + w, 0);
  let titleWidth = 0;
  await png({ width: 1, height: 1 }, ({ widthOf }) => {
    titleWidth = widthOf(table.title, { size: 22, bold: true });
  });
  const width = Math.ceil(Math.max(inner, titleWidth, 360)) + 2 * PAD;
  const top = 78;
  const height = top + (table.rows.length + 1) * ROW + 16 + table.notes.length * 24 + 12;
  const stretch = (width - 2 * PAD - inner) / Math.max(1, widths.length);
  const wide = widths.map((w) => w + stretch);
  return png({ width, height }, (brush) => {
    brush.write(table.title, PAD, 40, { size: 22, bold: true });
    drawRow(
      brush,
      table,
      table.columns.map((c) => c.title),
      { widths: wide, y: top, bold: true, fill: "#dfe8f1" },
    );
    table.rows.forEach((row, at) => {
      drawRow(brush, table, row, {
        widths: wide,
        y: top + (at + 1) * ROW,
        bold: false,
        fill: at % 2 === 0 ? INK.paper : INK.band,
      });
    });
    table.notes.forEach((note, at) => {
      const y = top + (table.rows.length + 1) * ROW + 26 + at * 24;
      brush.write(fitted(brush, note, width - 2 * PAD, { size: 13 }), PAD, y, { size: 13, color: INK.soft });
    });
  });
}

function widthsOf(brush: Brush, { columns, rows }: TablePicture): number[] {
  return columns.map(({ title }, at) => {
    const cells = rows.map((row) => brush.widthOf(row[at] ?? "", { size: SIZE }));
    return (
      Math.min(Math.max(brush.widthOf(title, { size: SIZE, bold: true }), ...cells), WIDEST_CELL) + 2 * CELL
    );
  });
}

function drawRow(
  brush: Brush,
  { columns }: TablePicture,
  cells: readonly string[],
  { widths, y, bold, fill }: { widths: readonly number[]; y: number; bold: boolean; fill: string },
): void {
  const width = widths.reduce((sum, w) => sum + w, 0);
  brush.context.fillStyle = fill;
  brush.context.fillRect(PAD, y, width, ROW);
  let x = PAD;
  columns.forEach(({ align }, at) => {
    const room = widths[at] ?? 0;
    const look = { size: SIZE, bold, align: align === "end" ? ("right" as const) : ("left" as const) };
    const text = fitted(brush, cells[at] ?? "", room - 2 * CELL, look);
    brush.write(text, align === "end" ? x + room - CELL : x + CELL, y + ROW / 2, look);
    x += room;
  });
}
