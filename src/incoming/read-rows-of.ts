import type { AnyImportKind, Column, Importing, ReadCell, RowsContext } from "../chat/import.ts";
import type { CellFault } from "../domain/reading.ts";
import type { Rejected } from "../intake/refusal.ts";
import { type RowRule, readRows } from "../intake/rows.ts";
import { inOrder, rejectedAt, type Source, type Table } from "../intake/source.ts";

/** The good rows of a file, its bad cells in its order, and why the whole of it can't be trusted, if it can't. */
export type RowsOfFile = {
  rows: readonly object[];
  rejected: readonly Rejected[];
  doubt: string | null;
  /** Rows that say what another one says: they count once. */
  repeats: number;
};
type RowsRead = RowsOfFile & { source(at: number): Source; tables: readonly Table[] };

/** Reads the rows of a file by what their cells say; `passed` hears now and then how many have been read, of how many. */
export async function readRowsOf(
  kind: AnyImportKind,
  found: readonly Table[],
  file: RowsContext,
  passed?: (rows: number, of: number) => void,
): Promise<RowsRead> {
  const { columns, needs, row, once } = kind;
  const { tables, unread } = await laidOut(kind, found, file);
  const rule: RowRule<object> = {
    columns,
    needs,
    readers: await readersOf(columns, file),
    row: (cells) => (row === undefined ? cells : row(cells, file)),
    once,
    ...(passed ? { passed } : {}),
  };
  const { rows, source, rejected, doubt, repeats } = readRows(tables, rule);
  return { rows, source, rejected: inOrder([...rejected, ...unread], tables), doubt, repeats, tables };
}

/** Judges the good rows by what the store says now. */
export async function judgeRows(
  { judge, columns }: AnyImportKind,
  { rows, source, tables, rejected, doubt, repeats }: RowsRead,
  file: Importing,
): Promise<RowsOfFile> {
  if (judge === undefined) return { rows, rejected, doubt, repeats };
  const judged: object[] = [];
  const faulty = [...rejected];
  for (const [at, read] of rows.entries()) {
    const found: object | { faults: readonly CellFault[] } = await judge(read, file);
    if (!("faults" in found)) judged.push(found);
    else for (const fault of found.faults) faulty.push(rejectedAt(source(at), fault, columns));
  }
  return { rows: judged, rejected: inOrder(faulty, tables), doubt, repeats };
}

/** The tables as the kind lays them out, and what of them it can't. */
async function laidOut(kind: AnyImportKind, found: readonly Table[], file: RowsContext) {
  const unread: Rejected[] = [];
  if (kind.layout === undefined) return { tables: found, unread };
  const tables: Table[] = [];
  for (const table of found) {
    const laid = await kind.layout(table, file);
    tables.push(...laid.tables);
    unread.push(...laid.rejected.map((one) => ({ sheet: table.sheet.name, ...one })));
  }
  return { tables, unread };
}

async function readersOf(
  columns: Readonly<Record<string, Column>>,
  file: RowsContext,
): Promise<Record<string, ReadCell<unknown>>> {
  const readers = Object.entries(columns).map(async ([name, { cell }]) => [name, await cell(file)] as const);
  return Object.fromEntries(await Promise.all(readers));
}
