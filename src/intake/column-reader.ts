import { type DateOrder, inDateOrder } from "../domain/date-order.ts";
import type { Read } from "../domain/reading.ts";
import { dateOfSerial, withYear } from "./cells.ts";
import { columnTitle, type Heads } from "./column-names.ts";
import type { Table } from "./source.ts";
import { looksLikeAnother, shiftBetween, shifted } from "./units.ts";

type Values = Record<string, unknown>;
type ReadCell = (text: string, before: Values) => Read<unknown>;
type Column = Heads & { date?: "serial" | "day" };

/**
 * Reads a column's cells by what the table says of all of them: its unit, its year, the date system of its workbook. A
 * column without a unit whose figures are mostly what they would be in another one is doubted as a whole.
 */
export function columnReader(
  cell: ReadCell,
  column: Column,
  name: string,
  { sheet, units, year, dateOrder }: Table,
): { read: ReadCell; doubt(): string | null } {
  const said = units?.get(name);
  const places = said === undefined || column.unit === undefined ? 0 : (shiftBetween(said, column.unit) ?? 0);
  const none = { doubt: () => null };
  if (column.date === "day")
    return { ...none, read: ordered(dated(cell, sheet.epoch, year ?? null), dateOrder) };
  if (column.date === "serial") {
    const { epoch } = sheet;
    const read: ReadCell =
      epoch === undefined ? cell : (text, before) => cell(dateOfSerial(text, epoch), before);
    return { ...none, read: ordered(read, dateOrder) };
  }
  if (places !== 0) return { ...none, read: converted(cell, places, said ?? "") };
  const { unit } = column;
  if (unit === undefined) return { ...none, read: cell };
  let [all, strange] = [0, 0];
  const read: ReadCell = (text, before) => {
    all += 1;
    const likely = looksLikeAnother(unit, text, said !== undefined);
    if (likely === null) return cell(text, before);
    strange += 1;
    return { reason: likely };
  };
  const doubt = () =>
    said === undefined && strange * 2 > all
      ? `“${columnTitle(column)}”一列的数值多数像是以${unit === "mg/m³" ? "µg/m³" : "mg/m³"}为单位，没有导入任何数据。请在列名写明单位，如 ${columnTitle(column)}(mg/m³)，或换算成${unit}后再发。`
      : null;
  return { read, doubt };
}

/** A figure that isn't nothing and would be nothing in the published unit says more of the unit than of the air. */
const converted =
  (cell: ReadCell, places: number, from: string): ReadCell =>
  (text, before) => {
    const read = cell(shifted(text, places), before);
    if ("reason" in read || read.value !== 0 || /^[0.\s]*$/.test(text.normalize("NFKC"))) return read;
    return { reason: `按${from}换算后为0，请核对单位` };
  };

const ordered = (read: ReadCell, order: DateOrder | undefined): ReadCell =>
  order === undefined ? read : (text, before) => read(inDateOrder(text, order) ?? text, before);

function dated(cell: ReadCell, epoch: Table["sheet"]["epoch"], year: string | null): ReadCell {
  let last: string | null = null;
  // The places of a day stand together: of as many rows its date is read once.
  let before: { text: string; read: Read<unknown> } | null = null;
  return (text, row) => {
    if (before?.text === text) return before.read;
    const day = epoch === undefined ? text : dateOfSerial(text, epoch);
    const full = withYear(day, year, last);
    const read = "reason" in full ? full : cell(full.value, row);
    if ("value" in read && typeof read.value === "string") last = read.value;
    before = { text, read };
    return read;
  };
}
