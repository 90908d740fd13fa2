import type { AnyImportKind, Column, Importing, ReadCell } from "../chat/import.ts";
import type { CellFault } from "../domain/reading.ts";
import type { Rejected } from "../intake/refusal.ts";
import { type RowRule, readRows } from "../intake/rows.ts";
import { inOrder, rejectedAt, type Table } from "../intake/source.ts";

/** The good rows of a file, judged by what the store says, and its bad cells in the order of the file. */
export async function readRowsOf(
  kind: AnyImportKind,
  tables: readonly Table[],
  file: Importing,
): Promise<{ rows: readonly object[]; rejected: readonly Rejected[] }> {
  const { columns, needs, row, once, judge } = kind;
  const rule: RowRule<object> = {
    columns,
    needs,
    readers: await readersOf(columns, file),
    row: (cells) => (row === undefined ? cells : row(cells, file)),
    once,
  };
  const { rows, source, rejected } = readRows(tables, rule);
  if (judge === undefined) return { rows, rejected: inOrder(rejected, tables) };
  const judged: object[] = [];
  for (const [at, read] of rows.entries()) {
    const found: object | { faults: readonly CellFault[] } = await judge(read, file);
    if (!("faults" in found)) judged.push(found);
    else for (const fault of found.faults) rejected.push(rejectedAt(source(at), fault, columns));
  }
  return { rows: judged, rejected: inOrder(rejected, tables) };
}

async function readersOf(
  columns: Readonly<Record<string, Column>>,
  file: Importing,
): Promise<Record<string, ReadCell<unknown>>> {
  const readers = Object.entries(columns).map(async ([name, { cell }]) => [name, await cell(file)] as const);
  return Object.fromEntries(await Promise.all(readers));
}
