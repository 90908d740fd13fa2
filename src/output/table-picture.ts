import { type Brush, INK, type Look, png, type TextMeasure } from "./canvas.ts";
import { inThread } from "./in-thread.ts";
import { wrapped } from "./text-lines.ts";

/** A table to be shown as a picture, where a chat has no room for its columns. */
export type TablePicture = {
  title: string;
  columns: readonly { title: string; align?: "start" | "end" }[];
  rows: readonly (readonly string[])[];
  /** Small print below: sources, data status. */
  notes: readonly string[];
};

const PAD = 28;
const GAP = 14;
const LINE = 22;
const LEAST_WIDTH = 360;
/** Text in a cell wider than this goes on in a second line. */
const WIDEST_CELL = 340;
const TITLE: Look = { size: 22, bold: true };
const HEAD: Look = { size: 16, bold: true };
const CELL: Look = { size: 16 };
const NOTE: Look = { size: 13, color: INK.soft };
/** Rows that one picture holds well; a longer table is several. */
export const ROWS_A_PICTURE = 40;

/** Columns whose numbers are drawn as badges: the first three stand out. */
const RANKS = ["位次", "名次", "排名"];
const BADGES = ["#c98a00", "#7d8a96", "#a8653a"];

/** The table as a PNG, as wide as its columns need. */
export const tablePicture = inThread<[table: TablePicture]>(import.meta.filename, "drawTablePicture");

/** @public called by its name, in a thread. */
export function drawTablePicture(table: TablePicture): Promise<Uint8Array> {
  return png((measure) => {
    const natural = table.columns.map((_, at) => columnWidth(table, at, measure));
    const room = Math.max(sum(natural), Math.min(measure(table.title, TITLE), 2 * LEAST_WIDTH), LEAST_WIDTH);
    const widths = natural.map((w) => w + (room - sum(natural)) / natural.length);
    const lines = (text: string, width: number, look: Look, most: number) =>
      wrapped(measure, text, { width, lines: most, look });
    const title = lines(table.title, room, TITLE, 2);
    const rows = [table.columns.map((c) => c.title), ...table.rows].map((cells, at) => {
      const look = at === 0 ? HEAD : CELL;
      const texts = table.columns.map((_, i) => lines(cells[i] ?? "", (widths[i] ?? 0) - 2 * GAP, look, 2));
      return { texts, look, height: Math.max(1, ...texts.map((t) => t.length)) * LINE + 14 };
    });
    const notes = table.notes.flatMap((note) => lines(note, room, NOTE, 3));
    const top = 28 + title.length * 32 + 14;
    const bottom = top + sum(rows.map((r) => r.height));
    return {
      width: Math.ceil(room) + 2 * PAD,
      height: bottom + 16 + (notes.length > 0 ? notes.length * LINE + 8 : 0),
      draw(brush) {
        for (const [i, line] of title.entries()) brush.write(line, PAD, 28 + 14 + i * 32, TITLE);
        let y = top;
        for (const [at, row] of rows.entries()) {
          const color = at === 0 ? INK.head : at % 2 === 0 ? INK.band : INK.paper;
          brush.fill(PAD, y, room, row.height, color);
          drawRow(brush, table, row, { widths, y, isHead: at === 0 });
          y += row.height;
        }
        brush.fill(PAD, y, room, 1, INK.line);
        for (const [i, note] of notes.entries()) brush.write(note, PAD, bottom + 22 + i * LINE, NOTE);
      },
    };
  });
}

function columnWidth({ columns, rows }: TablePicture, at: number, measure: TextMeasure): number {
  const cells = rows.map((row) => measure((row[at] ?? "").slice(0, WIDEST_CELL), CELL));
  const widest = Math.max(measure(columns[at]?.title ?? "", HEAD), ...cells);
  return Math.min(Math.ceil(widest) + 1, WIDEST_CELL) + 2 * GAP;
}

function drawRow(
  brush: Brush,
  { columns }: TablePicture,
  { texts, look, height }: { texts: readonly (readonly string[])[]; look: Look; height: number },
  { widths, y, isHead }: { widths: readonly number[]; y: number; isHead: boolean },
): void {
  let x = PAD;
  for (const [at, column] of columns.entries()) {
    const width = widths[at] ?? 0;
    const cell = texts[at] ?? [];
    const isEnd = column.align === "end";
    const first = y + height / 2 - ((cell.length - 1) * LINE) / 2;
    const badge = isHead || !RANKS.includes(column.title) ? undefined : BADGES[Number(cell[0]) - 1];
    if (badge !== undefined)
      drawBadge(brush, cell[0] ?? "", isEnd ? x + width - GAP - 5 : x + GAP + 5, first, badge);
    else
      for (const [i, line] of cell.entries())
        brush.write(line, isEnd ? x + width - GAP : x + GAP, first + i * LINE, {
          ...look,
          align: isEnd ? "right" : "left",
        });
    x += width;
  }
}

function drawBadge({ context, write }: Brush, text: string, x: number, y: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, 13, 0, 2 * Math.PI);
  context.fill();
  write(text, x, y, { ...HEAD, color: INK.paper, align: "center" });
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
