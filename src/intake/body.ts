import { type Aside, asideOf, isNumbering } from "./aside.ts";
import { columnsByName, fold, type Head, meaningOf } from "./column-names.ts";
import type { Grid } from "./grid.ts";
import { mayBeHeads } from "./head-rows.ts";
import type { KindOfTable } from "./kind.ts";
import type { TableLayout } from "./layout.ts";
import type { SheetRow } from "./sheet.ts";

/** Rows of a table that aren't read, with the reason. `lines` are numbers as a spreadsheet shows them. */
export type LeftOut = { lines: readonly number[]; why: Aside | "标题行" | "隐藏的行" | "空表后的行" };
export type Body = { rows: SheetRow[]; leftOut: readonly LeftOut[]; next: number };

/** The rows below the heads, without what isn't data, up to heads of another shape. */
export function bodyOf<K extends KindOfTable>(
  grid: Grid,
  from: number,
  { kind, parts, heads }: TableLayout<K>,
  deep: number,
): Body {
  const names = columnsByName(kind.columns);
  const asked = parts[0]?.match.at.entries().next().value ?? ["", -1];
  const known = new Map<string, boolean>();
  const isHead = (cell: string): boolean => {
    const first = cell.charCodeAt(0);
    if (Number.isNaN(first) || (first >= 0x30 && first <= 0x39)) return false;
    let found = known.get(cell);
    if (found === undefined) {
      found = cell.length < 30 && (names.has(fold(cell)) || cell.trim() === heads[asked[1]]?.text);
      known.set(cell, found);
    }
    return found;
  };
  const left = new Map<LeftOut["why"], number[]>();
  const leave = (why: LeftOut["why"], line: number) => left.set(why, [...(left.get(why) ?? []), line + 1]);
  const rows: SheetRow[] = [];
  let at = from;
  if (grid.lines[at] !== undefined && isNumbering(grid.cells(grid.lines[at] as number)) && heads.length >= 4)
    leave("栏次行", grid.lines[at++] as number);
  for (; at < grid.lines.length; at++) {
    const line = grid.lines[at] as number;
    const cells = grid.cells(line);
    const aside = asideOf(cells);
    if (aside !== null) leave(aside, line);
    else if (isHead(cells[asked[1]] ?? "") && mayBeHeads(cells, [kind])) {
      const same = cells.every((cell, i) => cell.trim() === "" || sameHead(cell, heads[i]));
      const title = titleAbove(grid, from, at);
      if (same && title === at && deep === 1) leave("重复的表头", line);
      else if (same || cells.filter((cell) => meaningOf({ text: cell }, kind.columns) !== null).length >= 2) {
        at = title;
        break;
      } else rows.push({ line: line + 1, cells });
    } else rows.push({ line: line + 1, cells });
  }
  // What stands right above the next heads is theirs, whatever it was taken for.
  const end = (grid.lines[at] ?? Number.POSITIVE_INFINITY) + 1;
  const kept = [...left].map(([why, lines]) => ({ why, lines: lines.filter((n) => n < end) }));
  return {
    rows: rows.filter((row) => row.line < end),
    leftOut: kept.filter(({ lines }) => lines.length > 0),
    next: at,
  };
}

/** Where the title of the heads at a place begins: the rows above it with one cell, and those that speak of the table. */
function titleAbove(grid: Grid, from: number, heads: number): number {
  let at = heads;
  while (at > from) {
    const cells = grid.cells(grid.lines[at - 1] as number);
    const single = cells.filter((cell) => cell.trim() !== "").length === 1;
    if (!single && asideOf(cells) !== "说明、签名行") break;
    at -= 1;
  }
  return at;
}

const sameHead = (cell: string, head: Head | undefined) =>
  head !== undefined && [head.text, head.over, head.unit].includes(cell.trim());
