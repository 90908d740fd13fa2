import { Column, getTableName, is, Param, Placeholder, SQL } from "drizzle-orm";

/** A column of a query as drizzle has it: where its value goes in a row, and what it is. */
export type SelectedField = { path: readonly string[]; field: unknown };

/** Whether every row of a query has one of a table, by the table's name; what is joined may be missing. */
export type JoinedTables = Readonly<Record<string, boolean>>;

type Row = Record<string, unknown>;
type Decoder = { mapFromDriverValue(value: unknown): unknown };
type Cell = { name: string; decoder: Decoder | null; part: number };
/** A row within a row. `first`: the cell of its first column; `table`: of which all its columns are, null where they are of several. */
type Part = { name: string; first: number; table: string | null | undefined };

/**
 * Makes the rows that drizzle would make of a query's arrays. Drizzle asks of every cell of every row anew what its column is,
 * which was measured to take longer than reading it; here each column is asked once. A row within a row is null as a whole where
 * its table was joined and the first of its columns is null, which is drizzle's rule. `joined` is asked when there are rows.
 */
export function rowMapper(
  fields: readonly SelectedField[],
  joined: () => JoinedTables | undefined,
): ((rows: readonly unknown[][]) => Row[]) | null {
  const cells: Cell[] = [];
  const parts: Part[] = [];
  for (const [at, { path, field }] of fields.entries()) {
    const [outer = "", inner, ...deeper] = path;
    const decoder = decoderOf(field);
    if (path.length === 0 || deeper.length > 0 || decoder === undefined) return null;
    const part = inner === undefined ? -1 : partOf(parts, outer, field, at);
    cells.push({ name: inner ?? outer, decoder, part });
  }
  return (rows) => {
    const known = joined();
    const missing = parts.filter(({ table }) => known !== undefined && table != null && !known[table]);
    return rows.map((values) => {
      const row: Row = {};
      const within = parts.map(({ name }) => (row[name] = {} as Row));
      for (let i = 0; i < cells.length; i++) {
        const { name, decoder, part } = cells[i] as Cell;
        const value = values[i];
        const at = part < 0 ? row : (within[part] as Row);
        at[name] = value === null || decoder === null ? value : decoder.mapFromDriverValue(value);
      }
      for (const { name, first } of missing) if (values[first] === null) row[name] = null;
      return row;
    });
  };
}

/** The number of the row within a row that a field belongs to, which knows of it from now on. */
function partOf(parts: Part[], name: string, field: unknown, at: number): number {
  const known = parts.findIndex((part) => part.name === name);
  const part = parts[known] ?? { name, first: at, table: undefined };
  if (is(field, Column)) {
    const table = getTableName(field.table);
    if (part.table === undefined) Object.assign(part, { table, first: at });
    else if (part.table !== table) part.table = null;
  }
  if (known < 0) return parts.push(part) - 1;
  return known;
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
