import { columnsByName, fold, type Head, headParts, meaningOf } from "./column-names.ts";
import type { Grid } from "./grid.ts";
import type { KindOfTable } from "./kind.ts";
import type { Known } from "./layout.ts";
import { statisticsIn } from "./statistics.ts";
import { isOnlyUnit } from "./units.ts";

/** What is longer is no title and no head, and nobody goes through it. */
export const LONGEST_TITLE = 300;

/** Heads are words: a row of which most are numbers or dates is data, unless a column is called by its name in it. */
export function mayBeHeads<K extends KindOfTable>(cells: readonly string[], kinds: readonly K[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "");
  const words = filled.filter((cell) => cell.length <= LONGEST_TITLE && !isData(cell));
  if (filled.length < 2) return false;
  const isNamed = (cell: string) => kinds.some(({ columns }) => columnsByName(columns).has(fold(cell)));
  return words.length * 2 > filled.length || words.some(isNamed);
}

/** A number, a date, or what a cell says instead of one. */
const isData = (cell: string) => {
  const text = cell.slice(0, 30).normalize("NFKC").trim();
  return (/\d|^[-—–/*]+$/.test(text) && OF_NUMBERS.test(text)) || /^(NA|N\/A|ND|缺测|无数据)$/i.test(text);
};
const OF_NUMBERS = /^[\d<>≤≥±+\-−—–/*.,:年月日号T%\s]+$/;

/** The heads that begin at a row: it alone or with the one below it, and with the units below them. */
export function headRows<K extends KindOfTable>(grid: Grid, at: number, known: readonly Known<K>[]) {
  const top = grid.spread(grid.lines[at] as number);
  const one = top.map((text): Head => ({ text }));
  const below = grid.lines[at + 1];
  const sub = below === undefined || isFiller(grid, at, known) ? null : subHead(grid, below, known);
  // Heads below heads are no data: the upper row alone is no reading.
  const all = sub === "sure" ? [] : [{ heads: one, next: at + 1 }];
  if (below !== undefined && sub !== null) {
    const bottom = grid.spread(below);
    const whole = grid.merged(grid.lines[at] as number) ? top : carried(top, bottom);
    const width = Math.max(top.length, bottom.length);
    const heads = Array.from({ length: width }, (_, i): Head => {
      const [over = "", text = ""] = [whole[i], bottom[i]];
      return text === "" || text === over ? { text: over } : { text, ...(over === "" ? {} : { over }) };
    });
    all.push({ heads, next: at + 2 });
  }
  return all.map(({ heads, next }) => {
    const line = grid.lines[next];
    const units = line === undefined ? null : unitRow(grid.cells(line));
    if (units === null) return { heads, next };
    return {
      heads: heads.map((head, i) => (units[i] ? { ...head, unit: units[i] } : head)),
      next: next + 1,
    };
  });
}

/** 填报单位：市攻坚办  填报日期：2020年7月2日 stands above a table: it names nothing that the row below it could be part of. */
function isFiller<K extends KindOfTable>(grid: Grid, at: number, known: readonly Known<K>[]): boolean {
  const cells = grid.cells(grid.lines[at] as number).filter((cell) => cell.trim() !== "");
  const isNamed = (text: string) => known.some(({ kind }) => meaningOf({ text }, kind.columns) !== null);
  return cells.some((cell) => FILLER.test(cell.slice(0, 30))) && !cells.some(isNamed);
}
const FILLER =
  /^\s*(填报|填表|制表|上报|报送|报告|编制|统计|单位|部门|联系|日期|时间|负责)[^:：(（]{0,8}[:：]/;

/** A group's name holds for the columns up to the next one where the row below says something. */
function carried(top: readonly string[], bottom: readonly string[]): readonly string[] {
  let last = "";
  return Array.from({ length: Math.max(top.length, bottom.length) }, (_, i) => {
    const own = top[i] ?? "";
    if (own !== "") last = own;
    else if ((bottom[i] ?? "") === "") last = "";
    return own === "" ? last : own;
  });
}

/**
 * Whether a row is the second of two head rows: it has no data in it, and half of it are heads, words of units and means, or
 * values that may be heads. Without the last of these it is so for sure.
 */
function subHead<K extends KindOfTable>(
  grid: Grid,
  line: number,
  known: readonly Known<K>[],
): "sure" | "maybe" | null {
  const cells = grid.cells(line).filter((cell) => cell.trim() !== "");
  if (cells.length === 0 || cells.some(isData) || unitRow(cells) !== null) return null;
  const half = (heads: readonly string[]) => heads.length * 2 >= cells.length;
  const isNamed = (cell: string) =>
    headParts(cell).every((part) => isOnlyUnit(part) || statisticsIn(part) !== null) ||
    known.some(({ kind }) => meaningOf({ text: cell }, kind.columns) !== null);
  const isTold = (cell: string) =>
    known.some(({ told }) => Object.values(told).some(({ is }) => is(cell) !== null));
  if (half(cells.filter(isNamed))) return "sure";
  return half(cells.filter((cell) => isNamed(cell) || isTold(cell))) ? "maybe" : null;
}

/** The units of a row that says nothing else; null for any other row. */
function unitRow(cells: readonly string[]): readonly string[] | null {
  const filled = cells.filter((cell) => cell.trim() !== "" && !/^[-—/]+$/.test(cell.trim()));
  const units = filled.filter((cell) => /mg|g\/|毫克|微克|μg|t\/|吨|%/i.test(cell.normalize("NFKC")));
  if (units.length === 0 || !filled.every((cell) => headParts(cell).every(isOnlyUnit))) return null;
  return cells.map((cell) => cell.trim());
}
