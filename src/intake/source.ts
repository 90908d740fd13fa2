import type { DateOrder } from "../domain/date-order.ts";
import type { CellFault } from "../domain/reading.ts";
import { columnTitle } from "./column-names.ts";
import type { KindOfTable, Places } from "./kind.ts";
import { quoted, type Rejected } from "./refusal.ts";
import { type Sheet, type SheetRow, shown } from "./sheet.ts";

/**
 * A sheet, and where its columns stand. What it says once for all of its rows is `fixed`: the day in the title, the place
 * that a group of columns stands under.
 */
export type Table = {
  sheet: Sheet;
  at: Places;
  /** The units that heads, unit row or unit line name. */
  units?: ReadonlyMap<string, string>;
  fixed?: ReadonlyMap<string, string>;
  /** Where a row may say something of its own instead of what is fixed for a column. */
  unless?: ReadonlyMap<string, readonly number[]>;
  /** The year that the title names. */
  year?: string | null;
  /** The months that the title and the sheet's name speak of. */
  months?: ReadonlySet<number>;
  /** How the file's dates are written that have their year last. */
  dateOrder?: DateOrder;
};
/** Where a row stands, so that what is found out later can still be reported of it. */
export type Source = { table: Table; row: SheetRow };

/** A fault as it is reported: where it stands, and what stands there. */
export function rejectedAt(
  { table: { sheet, at, fixed }, row }: Source,
  { column, reason }: CellFault,
  columns: KindOfTable["columns"],
): Rejected {
  const index = at.get(column) ?? -1;
  const declared = columns[column];
  return {
    sheet: sheet.name,
    row: row.line,
    column: quoted(sheet.header[index] ?? (declared ? columnTitle(declared) : "")),
    value: quoted(shown(row.cells[index] ?? fixed?.get(column) ?? "")),
    reason,
  };
}

/** In the order of the file, whoever has found the fault. */
export function inOrder(rejected: readonly Rejected[], tables: readonly Table[]): Rejected[] {
  const place = new Map(tables.map(({ sheet }, at) => [sheet.name, at]));
  const sheetOf = (r: Rejected) => place.get(r.sheet) ?? 0;
  return rejected.toSorted((a, b) => sheetOf(a) - sheetOf(b) || a.row - b.row);
}
