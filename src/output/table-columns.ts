import { headOfTable, type PaperCell, type PaperTable, POINTS, withoutControls } from "./paper-model.ts";
import { printWidth } from "./print-width.ts";

/** Points within a cell, from its border to its text. */
export const CELL_SIDE = 4.5;
/** Bold print is as much wider. */
const BOLD = 1.2;
/** What a line isn't broken in: a number with its unit, PM2.5. A Chinese sign ends it. */
const RUN = /[^\p{Script=Han}\s、，；。：（）]+/gu;

/**
 * How wide a table's columns are, in points: by their shares, but none narrower than the longest number or name in it, as far as
 * the others have room to spare.
 */
export function columnsOf(table: PaperTable, width: number): number[] {
  const all = table.widths.reduce((sum, share) => sum + share, 0);
  const wanted = table.widths.map((share) => (share / all) * width);
  const least = leastOf(table);
  const spare = wanted.map((one, at) => Math.max(0, one - (least[at] ?? 0)));
  const lack = wanted.reduce((sum, one, at) => sum + Math.max(0, (least[at] ?? 0) - one), 0);
  const given = spare.reduce((sum, one) => sum + one, 0);
  if (lack === 0 || given === 0) return wanted;
  const part = Math.min(1, lack / given);
  const got = Math.min(1, given / lack);
  return wanted.map((one, at) => {
    const needs = (least[at] ?? 0) - one;
    return needs > 0 ? one + needs * got : one - (spare[at] ?? 0) * part;
  });
}

/** What each column needs for what isn't broken; of cells over several columns nothing is asked. */
function leastOf(table: PaperTable): number[] {
  const { rows, small = 1 } = table;
  const heads = headOfTable(table);
  const least = table.widths.map(() => 0);
  for (const [row, cells] of rows.entries()) {
    let column = 0;
    for (const cell of cells) {
      const span = typeof cell === "string" ? 1 : (cell.span ?? 1);
      if (span === 1) least[column] = Math.max(least[column] ?? 0, needsOf(cell, row < heads, small));
      column += span;
    }
  }
  return least;
}

function needsOf(cell: PaperCell, isHead: boolean, small: number): number {
  const { text, look } =
    typeof cell === "string" ? { text: cell, look: undefined } : { look: undefined, text: "", ...cell };
  if (look === "code") return 0;
  const size = POINTS.cell * small * (isHead || look === "label" ? BOLD : 1);
  const runs = withoutControls(text).match(RUN) ?? [];
  return 2 * CELL_SIDE + Math.max(0, ...runs.map((run) => printWidth(run, { size })));
}
