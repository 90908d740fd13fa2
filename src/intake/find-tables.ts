import { type Body, bodyOf, type LeftOut } from "./body.ts";
import { type Head, headText } from "./column-names.ts";
import { type Grid, gridOf } from "./grid.ts";
import { headRows, LONGEST_TITLE, mayBeHeads } from "./head-rows.ts";
import { bestOf, type HeadFault, type KindOfTable, RECOGNISABLE } from "./kind.ts";
import { type Around, type Known, layoutOf, monthsAround, type TableLayout, yearAround } from "./layout.ts";
import { type FileRefusal, quoted } from "./refusal.ts";
import type { RawSheet } from "./sheet.ts";
import type { Table } from "./source.ts";

/** Rows of a sheet that are looked at for the heads of its table. */
const SEARCHED = 30;
/** Rows below heads that are looked at for a column that no head names. */
const SAMPLED = 3;

/** A table as it was found: its parts hold the same rows, each with its own columns. */
export type TableFound<K extends KindOfTable> = {
  layout: TableLayout<K>;
  tables: readonly Table[];
  leftOut: readonly LeftOut[];
};
/** What came of a sheet. */
export type SheetFound<K extends KindOfTable> = {
  name: string | null;
  found: readonly TableFound<K>[];
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
        layout?: TableLayout<K>;
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
  const found: TableFound<K>[] = [];
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

function keepRest<K extends KindOfTable>(found: TableFound<K>[], rest: readonly number[]): void {
  const last = found.at(-1) as TableFound<K>;
  const lines = rest.map((line) => line + 1);
  if (lines.length > 0)
    found[found.length - 1] = { ...last, leftOut: [...last.leftOut, { lines, why: "空表后的行" }] };
}

type Heads<K extends KindOfTable> = {
  layout: TableLayout<K>;
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
const columnsOf = ({ parts }: TableLayout<KindOfTable>) =>
  parts.reduce((sum, { match }) => sum + match.at.size, 0);

function asFound<K extends KindOfTable>(
  raw: RawSheet,
  grid: Grid,
  { layout, line, title }: Heads<K>,
  { rows, leftOut }: Body,
): TableFound<K> {
  const sheet = {
    name: raw.name,
    header: layout.heads.map((head) => quoted(headText(head))),
    headerLine: line + 1,
    rows,
    ...(raw.epoch === undefined ? {} : { epoch: raw.epoch }),
  };
  const around = { title, sheet: raw.name };
  const [year, months] = [yearAround(around), monthsAround(around)];
  const hidden = grid.hidden.rows.map((at) => at + 1).filter((n) => n > line);
  const tables = layout.parts.map(
    ({ match, fixed, unless }): Table => ({
      sheet,
      at: match.at,
      units: match.units,
      fixed,
      unless,
      year,
      months,
    }),
  );
  const aside = hidden.length > 0 ? [...leftOut, { lines: hidden, why: "隐藏的行" as const }] : leftOut;
  return { layout, tables, leftOut: aside };
}
