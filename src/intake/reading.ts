import { isMissing } from "./cells.ts";
import { columnTitle, type Heads, headText } from "./column-names.ts";
import type { SheetFound, TableFound } from "./find-tables.ts";
import type { KindOfTable } from "./kind.ts";
import { quoted } from "./refusal.ts";
import { shiftBetween } from "./units.ts";

/** What was read of a file and what was left aside, for people and for scripts. */
export type TableReading = {
  lines: readonly string[];
  tables: readonly TableRead[];
  leftOut: readonly { sheet: string | null; rows: readonly number[] | null; reason: string }[];
};
type TableRead = {
  sheet: string | null;
  /** Numbers of the first and last row of data; null where there is none. */
  rows: { from: number; to: number; count: number } | null;
  /** What each head that was used was taken for. */
  columns: readonly { head: string; column: string; unit?: string }[];
  unused: readonly string[];
  /** What holds for all rows, by the title, the name of the sheet or a group of heads. */
  fixed: readonly { column: string; value: string }[];
};

/** What was read of the sheets of a file. */
export function readingOf<K extends KindOfTable>(sheets: readonly SheetFound<K>[]): TableReading {
  const tables = sheets.flatMap(({ name, found }) => found.map((one) => tableRead(name, one)));
  const leftOut = sheets.flatMap((sheet) => leftOutOf(sheet));
  const rows = Map.groupBy(
    leftOut.filter((one) => one.rows !== null),
    ({ sheet }) => sheet,
  );
  const whole = leftOut.filter((one) => one.rows === null);
  const lines = [
    ...[...Map.groupBy(tables, layoutSaid).values()].flatMap(linesOf),
    ...[...rows].map(([sheet, left]) => {
      const said = left.map((one) => `第${span(one.rows ?? [])}行（${one.reason}）`);
      return `略过：${inSheet(sheet)}${said.join("、")}`;
    }),
    ...[...Map.groupBy(whole, ({ reason }) => reason)].map(
      ([reason, same]) => `略过：${listed(same.map(({ sheet }) => inSheet(sheet)))}（${reason}）`,
    ),
    ...sheets.flatMap(({ name, hiddenColumns }) =>
      hiddenColumns.length > 0 ? [`略过：${inSheet(name)}隐藏的列${listed(hiddenColumns)}`] : [],
    ),
  ];
  return { lines, tables, leftOut };
}

function tableRead<K extends KindOfTable>(
  sheet: string | null,
  { layout, tables }: TableFound<K>,
): TableRead {
  const { columns } = layout.kind;
  const title = (column: string) => columnTitle(columns[column] as Heads);
  const rows = tables[0]?.sheet.rows ?? [];
  const used = new Map(
    layout.parts.flatMap(({ match }) => [...match.at].map(([column, at]) => [at, column])),
  );
  // Where each row says it for itself, nothing is taken from the title.
  const isTaken = (own: readonly number[] = []) =>
    own.length === 0 || rows.some(({ cells }) => own.every((at) => isMissing(cells[at] ?? "")));
  const groups = layout.parts.flatMap(({ fixed, unless }) =>
    [...fixed].filter(([column]) => isTaken(unless?.get(column))),
  );
  const wide =
    layout.parts.length > 1 || layout.heads.some((head, at) => used.has(at) && head.over !== undefined);
  const values = new Set(groups.map(([, value]) => value));
  const heads = layout.heads.map(headText);
  return {
    sheet,
    rows:
      rows.length === 0 ? null : { from: rows[0]?.line ?? 0, to: rows.at(-1)?.line ?? 0, count: rows.length },
    columns: [...used]
      .toSorted(([a], [b]) => a - b)
      .map(([at, column]) => {
        const unit = layout.parts.find(({ match }) => match.at.get(column) === at)?.match.units.get(column);
        return {
          head: quoted(heads[at] ?? ""),
          column: title(column),
          ...(unit === undefined ? {} : { unit }),
        };
      }),
    unused: heads.flatMap((head, at) => {
      const headless = head === "" && rows.slice(0, LOOKED_AT).some(({ cells }) => cells[at]?.trim());
      if (headless) return [`第${at + 1}列（没有表头）`];
      return used.has(at) || head === "" || (wide && values.has(head)) ? [] : [quoted(head)];
    }),
    fixed: [
      ...new Map(groups.map(([column, value]) => [`${column}\n${value}`, [column, value] as const])).values(),
    ].map(([column, value]) => ({ column: title(column), value })),
  };
}

/** Rows that are looked at for a column without a head. */
const LOOKED_AT = 20;

/** What is said of a table beside its place: sheets of one layout are said together. */
function layoutSaid({ columns, unused, fixed }: TableRead): string {
  return JSON.stringify([columns, unused, [...new Set(fixed.map(({ column }) => column))]]);
}

/** Of tables of one layout. */
function linesOf(tables: readonly TableRead[]): string[] {
  const [first] = tables;
  if (first === undefined) return [];
  const { columns, unused } = first;
  const names = [...new Set(columns.map(({ column }) => column))];
  const lines = [
    `读入：${listed(tables.map(placeOf))}，${columns.length + unused.length}列用了${columns.length}列：${names.join("、")}`,
  ];
  const told = Map.groupBy(
    tables.flatMap(({ fixed }) => fixed),
    ({ column }) => column,
  );
  for (const [column, all] of told) {
    const values = [...new Set(all.map(({ value }) => value))];
    lines.push(`${column}取自标题、表名或分组：${listed(values)}`);
  }
  if (unused.length > 0) lines.push(`没用的列：${listed(unused)}`);
  return lines;
}

function placeOf({ sheet, rows }: TableRead): string {
  if (rows === null) return `${inSheet(sheet)}没有数据行`;
  const { from, to } = rows;
  return `${inSheet(sheet)}第${from === to ? from : `${from}—${to}`}行`;
}

/** Conversions, one line for all columns of one unit. */
export function conversions<K extends KindOfTable>(sheets: readonly SheetFound<K>[]): readonly string[] {
  const said = new Map<string, Set<string>>();
  for (const { layout } of sheets.flatMap(({ found }) => found))
    for (const { match } of layout.parts)
      for (const [column, unit] of match.units) {
        const own = layout.kind.columns[column] as Heads;
        if (own.unit === undefined || !shiftBetween(unit, own.unit)) continue;
        const way = `由${unit}换算为${own.unit}`;
        said.set(way, (said.get(way) ?? new Set()).add(columnTitle(own)));
      }
  return [...said].map(([way, columns]) => `换算：${[...columns].join("、")}${way}`);
}

function leftOutOf<K extends KindOfTable>({ name, found, not }: SheetFound<K>): TableReading["leftOut"] {
  const rows = found.flatMap(({ leftOut }) =>
    leftOut.map(({ lines, why }) => ({ sheet: name, rows: lines, reason: why as string })),
  );
  if (not === undefined) return rows;
  if (not === "empty") return [];
  return [...rows, { sheet: name, rows: null, reason: not === "hidden" ? "隐藏的表" : "不是可以导入的表" }];
}

const MOST_LISTED = 12;
const listed = (texts: readonly string[]): string =>
  texts.length <= MOST_LISTED
    ? texts.join("、")
    : `${texts.slice(0, MOST_LISTED).join("、")}等${texts.length}个`;
const inSheet = (sheet: string | null) => (sheet === null ? "" : `表“${sheet}”`);

/** 6—8、10: numbers that follow one another as a span. */
export function span(numbers: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const n of numbers.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && n === last[1] + 1) last[1] = n;
    else if (last?.[1] !== n) spans.push([n, n]);
  }
  return listed(spans.map(([from, to]) => (from === to ? String(from) : `${from}—${to}`)));
}
