import type { CellFault, Read } from "../domain/reading.ts";
import { isMissing } from "./cells.ts";
import { columnTitle, type Heads } from "./column-names.ts";
import { columnReader } from "./column-reader.ts";
import { groupTitle, type KindOfTable } from "./kind.ts";
import { quoted, type Rejected } from "./refusal.ts";
import { RowsOnce, type SameRow } from "./rows-once.ts";
import { failure, type SheetRow } from "./sheet.ts";
import { rejectedAt, type Source, type Table } from "./source.ts";

type Values = Record<string, unknown>;

/** How the rows of one kind are read. Cells are read in the order of the columns, each with what those before it say. */
export type RowRule<R> = Pick<KindOfTable, "needs"> & {
  columns: Readonly<
    Record<
      string,
      Heads & { filled: boolean | ((before: Values) => boolean); missing?: string; date?: "serial" | "day" }
    >
  >;
  readers: Readonly<Record<string, (text: string, before: Values) => Read<unknown>>>;
  row(cells: Values): R | { faults: readonly CellFault[] };
  once: SameRow<R>;
  /** Called now and then with how many rows have been read, of how many. */
  passed?(rows: number, of: number): void;
};

/** Rows between two calls of `passed`. */
const STRIDE = 5000;

/**
 * Reads the rows of a file's sheets. A row with any bad cell is rejected, cell by cell; rows that say the same twice count
 * once, and rows that contradict each other are all rejected, since nobody can tell which is right.
 */
export function readRows<R extends object>(
  tables: readonly Table[],
  rule: RowRule<R>,
): { rows: R[]; source(at: number): Source; rejected: Rejected[]; repeats: number; doubt: string | null } {
  const rejected: Rejected[] = [];
  const reject: Reject = (source, fault) => rejected.push(rejectedAt(source, fault, rule.columns));
  const once = new RowsOnce(rule.once, reject);
  const of = tables.reduce((sum, { sheet }) => sum + sheet.rows.length, 0);
  let rows = 0;
  const passRow = () => {
    rows += 1;
    if (rows % STRIDE === 0) rule.passed?.(rows, of);
  };
  const doubts = tables.flatMap((table) => readSheet(table, rule, { once, reject, rejected, passRow }));
  // Parts of a wide table share their rows' first cells: what is wrong there is said once.
  const said = new Map(rejected.map((r) => [`${r.sheet}\n${r.row}\n${r.column}\n${r.reason}`, r]));
  return { ...once.agreed(), rejected: [...said.values()], repeats: once.repeats, doubt: doubts[0] ?? null };
}
type Reject = (source: Source, fault: CellFault) => void;

function readSheet<R extends object>(
  table: Table,
  rule: RowRule<R>,
  {
    once,
    reject,
    rejected,
    passRow,
  }: { once: RowsOnce<R>; reject: Reject; rejected: Rejected[]; passRow(): void },
): readonly string[] {
  const { sheet, at, fixed, unless } = table;
  const width = sheet.header.length;
  const columns = Object.entries(rule.columns).flatMap(([name, column]) => {
    const index = at.get(name) ?? -1;
    const said = index < 0 ? fixed?.get(name) : undefined;
    const read = rule.readers[name];
    if ((index < 0 && said === undefined) || read === undefined) return [];
    const own = unless?.get(name) ?? [];
    return [{ name, index, said, own, filled: column.filled, ...columnReader(read, column, name, table) }];
  });
  const groups = rule.needs.flatMap((group) => {
    if (typeof group === "string" || group.some((name) => fixed?.has(name) && !at.has(name))) return [];
    const present = group.flatMap((name) => at.get(name) ?? []);
    const reason = `没有写明${groupTitle(group, rule.columns)}，请补上`;
    return [{ present, column: group.find((name) => at.has(name)) ?? "", reason }];
  });
  // Copied for each row, so that all of them have one shape: a file has up to 200,000.
  const empty: Values = Object.fromEntries(Object.keys(rule.columns).map((name) => [name, null]));

  for (const row of sheet.rows) {
    const { cells } = row;
    passRow();
    const before = rejected.length;
    const values: Values = { ...empty };
    if (cells.length > width) rejectBeyond(table, row, rejected);
    for (const column of columns) {
      const bad = readCell(column, cells, values);
      if (bad === null) continue;
      const { name } = column;
      values[name] = undefined;
      reject({ table, row }, { column: name, reason: bad === NOT_FILLED ? notFilled(name, rule) : bad });
    }
    for (const { present, column, reason } of groups)
      if (present.every((index) => isMissing(cells[index] ?? ""))) reject({ table, row }, { column, reason });
    if (rejected.length > before) continue;
    const made = rule.row(values);
    if ("faults" in made) for (const fault of made.faults) reject({ table, row }, fault);
    else once.add(made, table, row);
  }
  return columns.flatMap(({ doubt }) => doubt() ?? []);
}

type ReadColumn = Pick<RowRule<unknown>["columns"][string], "filled"> & {
  name: string;
  /** Where it stands, or what all rows say in its place but for those with cells of their `own`. */
  index: number;
  said: string | undefined;
  own: readonly number[];
  read(text: string, before: Values): Read<unknown>;
};
const NOT_FILLED = Symbol("an empty cell that must be filled");

/** Reads a cell of a row into its values. @returns what is wrong with it. */
function readCell(
  { name, index, said, own, filled, read }: ReadColumn,
  cells: readonly string[],
  values: Values,
): string | typeof NOT_FILLED | null {
  const isTold = said !== undefined && own.every((at) => isMissing(cells[at] ?? ""));
  const text = isTold ? said : (cells[index] ?? "");
  if (isMissing(text)) return filled === false || (filled !== true && !filled(values)) ? null : NOT_FILLED;
  const failed = failure(text);
  if (failed !== null) return failed;
  const found = read(text, values);
  if ("reason" in found) return found.reason;
  values[name] = found.value;
  return null;
}

function notFilled(name: string, { columns }: Pick<RowRule<unknown>, "columns">): string {
  const column = columns[name];
  return `没有写明${column ? columnTitle(column) : ""}，${column?.missing ?? "请补上"}`;
}

function rejectBeyond({ sheet }: Table, { line, cells }: SheetRow, rejected: Rejected[]): void {
  const beyond = cells.slice(sheet.header.length).join("").trim();
  if (beyond === "") return;
  const reason = "比表头多出数据，请检查是否多了分隔符";
  rejected.push({ sheet: sheet.name, row: line, column: "", value: quoted(beyond), reason });
}
