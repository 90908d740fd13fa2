import type { AnyImportKind, Column, Importing, ReadCell } from "../chat/import.ts";
import type { CellFault } from "../domain/reading.ts";
import type { Rejected } from "../intake/refusal.ts";
import { type RowRule, readRows } from "../intake/rows.ts";
import { inOrder, rejectedAt, type Table } from "../intake/source.ts";

/**
 * The good rows of a file, judged by what the store says, and its bad cells in the order of the file; and why the whole of
 * it can't be trusted, if it can't.
 */
export async function readRowsOf(
  kind: AnyImportKind,
  found: readonly Table[],
  file: Importing,
): Promise<{ rows: readonly object[]; rejected: readonly Rejected[]; doubt: string | null }> {
  const { columns, needs, row, once, judge } = kind;
  const { tables, unread } = await laidOut(kind, found, file);
  const rule: RowRule<object> = {
    columns,
    needs,
    readers: await readersOf(columns, file),
    row: (cells) => (row === undefined ? cells : row(cells, file)),
    once,
  };
  const { rows, source, rejected, doubt } = readRows(tables, rule);
  rejected.push(...unread);
  if (judge === undefined) return { rows, rejected: inOrder(rejected, tables), doubt };
  const judged: object[] = [];
  for (const [at, read] of rows.entries()) {
    const found: object | { faults: readonly CellFault[] } = await judge(read, file);
    if (!("faults" in found)) judged.push(found);
    else for (const fault of found.faults) rejected.push(rejectedAt(source(at), fault, columns));
  }
  return { rows: judged, rejected: inOrder(rejected, tables), doubt };
}

/** The tables as the kind lays them out, and what of them it can't. */
async function laidOut(kind: AnyImportKind, found: readonly Table[], file: Importing) {
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
  file: Importing,
): Promise<Record<string, ReadCell<unknown>>> {
  const readers = Object.entries(columns).map(async ([name, { cell }]) => [name, await cell(file)] as const);
  return Object.fromEntries(await Promise.all(readers));
}
