import { Column, is, Param, Placeholder, SQL } from "drizzle-orm";

/** A column of a query as drizzle has it: where its value goes in a row, and what it is. */
export type SelectedField = { path: readonly string[]; field: unknown };

type Row = Record<string, unknown>;
type Decoder = { mapFromDriverValue(value: unknown): unknown };

/**
 * Makes the rows that drizzle would make of a query's arrays. Drizzle asks of every cell of every row anew what its column is,
 * which was measured to take longer than reading it; here each column is asked once. Null where a row holds rows of several
 * tables, of which drizzle also knows which may be missing.
 */
export function rowMapper(fields: readonly SelectedField[]): ((rows: readonly unknown[][]) => Row[]) | null {
  const columns: { name: string; decoder: Decoder | null }[] = [];
  for (const { path, field } of fields) {
    const [name, ...deeper] = path;
    const decoder = decoderOf(field);
    if (name === undefined || deeper.length > 0 || decoder === undefined) return null;
    columns.push({ name, decoder });
  }
  return (rows) =>
    rows.map((cells) => {
      const row: Row = {};
      for (let i = 0; i < columns.length; i++) {
        const { name, decoder } = columns[i] as (typeof columns)[number];
        const cell = cells[i];
        row[name] = cell === null || decoder === null ? cell : decoder.mapFromDriverValue(cell);
      }
      return row;
    });
}

/** Null where a value is as the driver gives it; undefined for what is neither a column nor SQL. */
function decoderOf(field: unknown): Decoder | null | undefined {
  if (is(field, Column))
    return field.mapFromDriverValue === Column.prototype.mapFromDriverValue ? null : field;
  const expression = is(field, SQL.Aliased) ? field.sql : field;
  return is(expression, SQL) ? (expression as unknown as { decoder: Decoder }).decoder : undefined;
}

/**
 * A value of a query as drizzle fills it fastest: of one that a column is to translate it asks anew each time what it is, which is
 * left out where the column takes the value as it comes.
 */
export function asFilled(param: unknown): unknown {
  if (!is(param, Param) || !is(param.value, Placeholder)) return param;
  const { encoder, value } = param;
  return encoder.mapToDriverValue === Column.prototype.mapToDriverValue ? value : param;
}
