import type { AirDay, IsoDate } from "../domain/air/day.ts";
import type { Connection, Db } from "./open.ts";

/** One day of a region or station, by its id. */
export type DayRow = AirDay & { id: string };

export type Merged = {
  added: number;
  corrected: number;
  unchanged: number;
  /** Rows that are new or differ from what stood there. */
  changed: DayRow[];
};

const keyColumn = { region_day: "region_id", station_day: "station_id" } as const;
/** Rows in one INSERT: measured nearly twice as fast as one row a statement; more gains nothing. */
const CHUNK = 50;

/**
 * Adds, corrects or leaves each day. A different value for a known key is a correction: the new value counts, the old
 * one goes to the revision log. Days computed from stations never replace imported ones.
 * Runs inside the caller's transaction; raw statements, since 100,000 rows come in at once.
 */
export function mergeDays(
  db: Db,
  table: keyof typeof keyColumn,
  rows: readonly DayRow[],
  by: { personId: number | null; at: number },
  source?: "import" | "stations",
): Merged {
  const connection = (db as unknown as { $client: Connection }).$client;
  const known = existing(connection, table, rows);
  const merged: Merged = { added: 0, corrected: 0, unchanged: 0, changed: [] };
  const revise = connection.prepare(
    "insert into revision (subject, before, after, person_id, at) values (?, ?, ?, ?, ?)",
  );
  for (const row of rows) {
    const before = known?.get(row.id)?.get(row.date);
    if (before === undefined) merged.added += 1;
    else if (source === "stations" && before[6] === "import") continue;
    else if (same(before, row) && (source === undefined || before[6] === source)) {
      merged.unchanged += 1;
      continue;
    } else {
      // What stations give changes whenever one of them is corrected; that correction is in the log already.
      if (source !== "stations" && !same(before, row)) {
        revise.run(
          `${table}/${row.id}/${row.date}`,
          JSON.stringify(before.slice(0, 6)),
          JSON.stringify(values(row)),
          by.personId,
          by.at,
        );
      }
      merged.corrected += 1;
    }
    merged.changed.push(row);
  }
  put(connection, table, merged.changed, source);
  return merged;
}

type Known = Map<string, Map<IsoDate, (number | string | null)[]>>;

/** What stands in the table for the rows' ids and span of dates; null when nothing does. */
function existing(
  connection: Connection,
  table: keyof typeof keyColumn,
  rows: readonly DayRow[],
): Known | null {
  const key = keyColumn[table];
  const spans = new Map<string, [IsoDate, IsoDate]>();
  for (const { id, date } of rows) {
    const span = spans.get(id);
    if (span === undefined) spans.set(id, [date, date]);
    else if (date < span[0]) span[0] = date;
    else if (date > span[1]) span[1] = date;
  }
  const columns = `pm25, pm10, o3, no2, so2, co${table === "region_day" ? ", source" : ""}`;
  const select = connection
    .prepare(`select ${columns}, date from ${table} where ${key} = ? and date between ? and ?`)
    .raw();
  const known: Known = new Map();
  for (const [id, [from, to]] of spans) {
    const found = select.all(id, from, to) as (number | string | null)[][];
    if (found.length > 0) known.set(id, new Map(found.map((row) => [row.at(-1) as string, row])));
  }
  return known.size > 0 ? known : null;
}

function put(
  connection: Connection,
  table: keyof typeof keyColumn,
  rows: readonly DayRow[],
  source?: string,
): void {
  const width = source === undefined ? 8 : 9;
  const columns = `${keyColumn[table]}, date, pm25, pm10, o3, no2, so2, co${source === undefined ? "" : ", source"}`;
  const statement = (n: number) => {
    const places = Array(n)
      .fill(`(${Array(width).fill("?").join(",")})`)
      .join(",");
    return connection.prepare(`insert or replace into ${table} (${columns}) values ${places}`);
  };
  const whole = rows.length >= CHUNK ? statement(CHUNK) : null;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK);
    const bound: (number | string | null)[] = [];
    for (const row of chunk) {
      bound.push(row.id, row.date, row["PM2.5"], row.PM10, row.O3_8h, row.NO2, row.SO2, row.CO);
      if (source !== undefined) bound.push(source);
    }
    (chunk.length === CHUNK && whole !== null ? whole : statement(chunk.length)).run(bound);
  }
}

const values = (row: DayRow) => [row["PM2.5"], row.PM10, row.O3_8h, row.NO2, row.SO2, row.CO];

function same(before: readonly (number | string | null)[], row: DayRow): boolean {
  return (
    before[0] === row["PM2.5"] &&
    before[1] === row.PM10 &&
    before[2] === row.O3_8h &&
    before[3] === row.NO2 &&
    before[4] === row.SO2 &&
    before[5] === row.CO
  );
}
