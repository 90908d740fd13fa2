import { type Aside, asideOf, isNumbering } from "./aside.ts";
import { columnsByName, fold, type Head, headText, meaningOf, partsOf } from "./column-names.ts";
import { type Grid, gridOf } from "./grid.ts";
import { bestOf, type HeadFault, type KindOfTable, RECOGNISABLE } from "./kind.ts";
import { type Around, type Known, type Layout, layoutOf } from "./layout.ts";
import { type FileRefusal, quoted } from "./refusal.ts";
import type { RawSheet, SheetRow } from "./sheet.ts";
import type { Table } from "./source.ts";
import { statisticsIn } from "./statistics.ts";
import { isOnlyUnit } from "./units.ts";

/** Rows of a sheet that are looked at for the heads of its table. */
const SEARCHED = 30;
/** Rows below heads that are looked at for a column that no head names. */
const SAMPLED = 3;

/** Rows of a table that aren't read, with the reason. `lines` are numbers as a spreadsheet shows them. */
export type LeftOut = { lines: readonly number[]; why: Aside | "标题行" | "隐藏的行" | "空表后的行" };
/** A table as it was found: its parts hold the same rows, each with its own columns. */
export type FoundTable<K extends KindOfTable> = {
  layout: Layout<K>;
  tables: readonly Table[];
  leftOut: readonly LeftOut[];
};
/** What came of a sheet. */
export type SheetFound<K extends KindOfTable> = {
  name: string | null;
  found: readonly FoundTable<K>[];
  hiddenColumns: readonly string[];
  /** Why it is not read: it is hidden, empty, or no table; `near` where it might have been meant as one. */
  not?:
    | "hidden"
    | "empty"
    | (FileRefusal & {
        near: boolean;
        line: number;
        faults: readonly HeadFault[];
        heads: readonly Head[];
        /** As what it might have been meant. */
        layout?: Layout<K>;
      });
};

/** Finds the tables of a sheet: below titles and unit lines, with one head row or two, up to the next heads. */
export function tablesIn<K extends KindOfTable>(
  raw: RawSheet,
  known: readonly Known<K>[],
): SheetFound<K> | FileRefusal {
  const none = { name: raw.name, found: [], hiddenColumns: [] };
  if (raw.hidden) return { ...none, not: "hidden" };
  const grid = gridOf(raw);
  if ("refusal" in grid) return grid;
  const { lines } = grid;
  if (lines.length === 0) return { ...none, not: "empty" };
  const found: FoundTable<K>[] = [];
  let not: SheetFound<K>["not"];
  for (let from = 0; from < lines.length; ) {
    const heads = headsIn(grid, from, known, raw.name);
    if ("not" in heads) {
      if (found.length === 0) not = heads.not;
      else keepRest(found, lines.slice(from));
      break;
    }
    const body = bodyOf(grid, heads.next, heads.layout, heads.next - heads.at);
    // Above a later table a row might be meant as one of the table before: it is said.
    const above = lines.slice(from, heads.at).map((line) => line + 1);
    const said = found.length > 0 && above.length > 0 ? [{ lines: above, why: "标题行" as const }] : [];
    found.push(asFound(raw, grid, heads, { ...body, leftOut: [...said, ...body.leftOut] }));
    from = body.next;
  }
  const hiddenColumns = grid.hidden.columns.map((at) => raw.rows.find((row) => row[at]?.trim())?.[at] ?? "");
  return { name: raw.name, found, hiddenColumns, ...(not === undefined ? {} : { not }) };
}

function keepRest<K extends KindOfTable>(found: FoundTable<K>[], rest: readonly number[]): void {
  const last = found.at(-1) as FoundTable<K>;
  const lines = rest.map((line) => line + 1);
  if (lines.length > 0)
    found[found.length - 1] = { ...last, leftOut: [...last.leftOut, { lines, why: "空表后的行" }] };
}

type Heads<K extends KindOfTable> = {
  layout: Layout<K>;
  line: number;
  /** Places among the rows that are shown: of the heads, and of what follows them. */
  at: number;
  next: number;
  title: readonly string[];
};

/** The first row that names all columns of a kind; else the row that names most of one. */
function headsIn<K extends KindOfTable>(
  grid: Grid,
  from: number,
  known: readonly Known<K>[],
  sheet: string | null,
): Heads<K> | { not: SheetFound<K>["not"] } {
  const kinds = known.map(({ kind }) => kind);
  let near: { share: number; not: SheetFound<K>["not"] } | null = null;
  const last = Math.min(grid.lines.length, from + SEARCHED);
  for (let at = from; at < last; at++) {
    const line = grid.lines[at] as number;
    if (!mayBeHeads(grid.cells(line), kinds)) continue;
    const title = grid.lines.slice(from, at).map((above) => textOf(grid.cells(above)));
    const below = (next: number) => grid.lines.slice(next, next + SAMPLED).map((below) => grid.cells(below));
    const tried = headRows(grid, at, known).map(({ heads, next }) => {
      const judged = known.map((one) =>
        layoutOf(heads, one, { title, sheet, below: below(next) } satisfies Around),
      );
      return { heads, next, best: bestOf(judged) };
    });
    // Of as many columns two head rows are heads, since the lower one isn't data.
    const whole = tried
      .toReversed()
      .flatMap(({ best, next }) => ("refusal" in best ? [] : [{ layout: best, next }]))
      .toSorted((a, b) => columnsOf(b.layout) - columnsOf(a.layout))[0];
    if (whole !== undefined) return { ...whole, line, at, title };
    for (const { best, heads } of tried) {
      if (!("refusal" in best)) continue;
      const share = best.near?.match.share ?? 0;
      const complete = best.near !== undefined && best.near.match.missing.length === 0;
      const rank = share + (complete ? 1 : 0);
      if (near === null || rank > near.share)
        near = {
          share: rank,
          not: {
            refusal: best.refusal,
            faults: best.faults ?? [],
            near: best.near !== undefined && share >= RECOGNISABLE,
            line: line + 1,
            heads,
            ...(best.near === undefined ? {} : { layout: best.near }),
          },
        };
    }
  }
  if (near !== null) return { not: near.not };
  const [best] = [bestOf(known.map((one) => layoutOf([], one, { title: [], sheet, below: [] })))];
  const refusal = "refusal" in best ? best.refusal : "";
  return { not: { refusal, faults: [], near: false, line: (grid.lines[from] ?? 0) + 1, heads: [] } };
}

/** A line above a table, as one text: a date beside 制表 is of the making. What is longer than any title isn't gone through. */
const textOf = (cells: readonly string[]) =>
  cells
    .map((cell) => cell.slice(0, LONGEST_TITLE).trim())
    .filter((cell) => cell !== "")
    .join(" ")
    .slice(0, LONGEST_TITLE);
const LONGEST_TITLE = 300;

const columnsOf = ({ parts }: Layout<KindOfTable>) =>
  parts.reduce((sum, { match }) => sum + match.at.size, 0);

/** Heads are words: a row of which most are numbers or dates is data, unless a column is called by its name in it. */
function mayBeHeads<K extends KindOfTable>(cells: readonly string[], kinds: readonly K[]): boolean {
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
function headRows<K extends KindOfTable>(grid: Grid, at: number, known: readonly Known<K>[]) {
  const top = grid.spread(grid.lines[at] as number);
  const one = top.map((text): Head => ({ text }));
  const below = grid.lines[at + 1];
  const sub = below === undefined ? null : subHead(grid, below, known);
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
    partsOf(cell).every((part) => isOnlyUnit(part) || statisticsIn(part) !== null) ||
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
  if (units.length === 0 || !filled.every((cell) => partsOf(cell).every(isOnlyUnit))) return null;
  return cells.map((cell) => cell.trim());
}

type Body = { rows: SheetRow[]; leftOut: readonly LeftOut[]; next: number };

/** The rows below the heads, without what isn't data, up to heads of another shape. */
function bodyOf<K extends KindOfTable>(
  grid: Grid,
  from: number,
  { kind, parts, heads }: Layout<K>,
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

function asFound<K extends KindOfTable>(
  raw: RawSheet,
  grid: Grid,
  { layout, line, title }: Heads<K>,
  { rows, leftOut }: Body,
): FoundTable<K> {
  const sheet = {
    name: raw.name,
    header: layout.heads.map((head) => quoted(headText(head))),
    headerLine: line + 1,
    rows,
    ...(raw.epoch === undefined ? {} : { epoch: raw.epoch }),
  };
  const years = new Set(
    title
      .join(" ")
      .normalize("NFKC")
      .match(/(?<!\d)20\d{2}(?=\s*年)/g) ?? [],
  );
  const hidden = grid.hidden.rows.map((at) => at + 1).filter((n) => n > line);
  const tables = layout.parts.map(
    ({ match, fixed }): Table => ({
      sheet,
      at: match.at,
      units: match.units,
      fixed,
      year: years.size === 1 ? ([...years][0] ?? null) : null,
    }),
  );
  const aside = hidden.length > 0 ? [...leftOut, { lines: hidden, why: "隐藏的行" as const }] : leftOut;
  return { layout, tables, leftOut: aside };
}
