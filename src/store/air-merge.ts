import type { AirDay, IsoDate } from "../domain/air/day.ts";
import { codeOrder } from "../domain/code-order.ts";
import { type Connection, connectionOf, type Db } from "./open.ts";

/** One day of a region or station, by its id; `audited` false: realtime by its own word, otherwise nothing is said of it. */
export type DayRow = AirDay & { id: string; audited?: boolean | null };

/** Who brings rows when, in which batch. */
export type Stamp = { personId: number | null; at: number; batch?: number };

/** Who merges when; and whether what is missing in a row stays what it was, or is missing from now on. */
export type MergedBy = Stamp & { missing?: "stays" };

/** Stands for an item that is missing from now on, whatever stood there. */
export const CLEARED = -1;

export type Merged = {
  added: number;
  corrected: number;
  unchanged: number;
  correctedDates: Set<IsoDate>;
  /** Rows that are new or differ from what stood there. */
  changed: DayRow[];
  /** Rows whose figures stand, and are audited from now on. */
  confirmed: DayRow[];
  /** Realtime rows that differ from an audited figure, which stands; they are among the unchanged. */
  kept: DayRow[];
  /** Corrected rows whose old figure was audited and whose new one isn't. */
  unsettled: DayRow[];
};

type Table = "region_day" | "station_day";
/** Published as it is, or reckoned for want of that: a region's day from its stations, a station's from its hours. */
type Source = "import" | "stations" | "hours";

/** The six items in a raw select, each under its own name, so that a row is an {@link AirDay}. */
export const SIX = 'pm25 as "PM2.5", pm10 as "PM10", o3 as "O3_8h", no2 as "NO2", so2 as "SO2", co as "CO"';

/** Audited, and by no batch: before there were any, or as the stations are that a region's day is made of. */
const AUDITED_BY_NONE = 0;

export const keyColumn = { region_day: "region_id", station_day: "station_id" } as const;

/**
 * Adds, corrects or leaves each day. A different value for a known key is a correction: the new value counts, the old
 * one goes to the revision log with its batch, so that it can come back; an item that is missing may stay what it was unless
 * it is {@link CLEARED}. What is reckoned never replaces what was published, and a realtime figure never replaces an audited
 * one.
 * Runs inside the caller's transaction. Raw statements, since 100,000 rows come in at once; place by place and day by
 * day, the order in which the table is kept, and many rows a statement: measured, half the time of either alone.
 */
export function mergeDays(
  db: Db,
  table: Table,
  rows: readonly DayRow[],
  by: MergedBy,
  source: Source,
): Merged {
  const connection = connectionOf(db);
  const merged: Merged = {
    ...{ added: 0, corrected: 0, unchanged: 0, correctedDates: new Set() },
    ...{ changed: [], confirmed: [], kept: [], unsettled: [] },
  };
  const batch = source === "import" ? (by.batch ?? null) : null;
  const daysKnown = knownDays(connection, table);
  const put = putDays(connection, table, source, batch);
  const confirm = connection.prepare(
    `update ${table} set audit_id = ? where ${keyColumn[table]} = ? and date = ?`,
  );
  const revise = connection.prepare(
    "insert into revision (subject, before, after, person_id, at, batch_id, replaces) values (?, ?, ?, ?, ?, ?, ?)",
  );
  const log = (before: Before, row: DayRow) => {
    const [was, is] = [logged(before), values(row)].map((value) => JSON.stringify(value));
    revise.run(`${table}/${row.id}/${row.date}`, was, is, by.personId, by.at, batch, before.batchId);
  };
  for (const [id, days] of Map.groupBy(rows, (row) => row.id)) {
    days.sort((a, b) => codeOrder(a.date, b.date));
    const known = daysKnown(id, days);
    const start = merged.changed.length;
    for (const said of days) {
      const before = known?.get(said.date);
      const stays = by.missing === "stays" && source === "import";
      const row = stays ? settled(said, before) : said;
      if (before === undefined) {
        merged.added += 1;
        merged.changed.push(row);
        continue;
      }
      const fate = fateOf(before, row, source);
      const wasAudited = before.auditId !== null;
      if (fate !== "corrected") merged.unchanged += 1;
      if (fate === "kept") merged.kept.push(row);
      else if (fate === "confirmed") {
        confirm.run(batch ?? AUDITED_BY_NONE, id, row.date);
        merged.confirmed.push(row);
      } else if (fate === "rewritten") {
        merged.changed.push(source === "import" && wasAudited ? { ...row, audited: true } : row);
        if (before.source === "hours") log(before, row);
      } else if (fate === "corrected") {
        merged.corrected += 1;
        merged.correctedDates.add(row.date);
        merged.changed.push(row);
        // What is reckoned changes whenever what it rests on is corrected; that correction is in the log already.
        if (source !== "import") continue;
        if (wasAudited && row.audited !== true) merged.unsettled.push(row);
        log(before, row);
      }
    }
    put(id, merged.changed, start);
  }
  return merged;
}

/** What becomes of a row where another stands: it is left alone, or the one that stands is audited, kept, written anew or corrected. */
function fateOf(before: Before, row: DayRow, source: Source) {
  const wasAudited = before.auditId !== null;
  if (source !== "import") {
    if (before.source === "import") return "left";
    if (!same(before, row)) return "corrected";
    return wasAudited === (row.audited ?? false) ? "left" : "rewritten";
  }
  if (!same(before, row)) return wasAudited && row.audited === false ? "kept" : "corrected";
  // The same figures from another source only change hands.
  if (before.source !== source) return "rewritten";
  return row.audited === true && !wasAudited ? "confirmed" : "left";
}

type Before = AirDay & { source: Source; batchId: number | null; auditId: number | null };

/** Reads what stands in the table for a place within the span of its days, by date; null when nothing does. */
function knownDays(connection: Connection, table: Table) {
  const columns = `date, ${SIX}, batch_id as batchId, audit_id as auditId, source`;
  const select = connection.prepare<[string, IsoDate | undefined, IsoDate | undefined], Before>(
    `select ${columns} from ${table} where ${keyColumn[table]} = ? and date between ? and ?`,
  );
  return (id: string, days: readonly DayRow[]): Map<IsoDate, Before> | null => {
    const found = select.all(id, days[0]?.date, days.at(-1)?.date);
    return found.length === 0 ? null : new Map(found.map((day) => [day.date, day]));
  };
}

/** Rows in one INSERT; measured, more gain nothing. */
const CHUNK = 50;

/** Writes a place's days from `start` on; the place, the source and the batch are bound once for a whole statement. */
function putDays(connection: Connection, table: Table, source: Source, batch: number | null) {
  const insert = (n: number) =>
    connection.prepare(
      `insert or replace into ${table}
         (${keyColumn[table]}, batch_id, date, pm25, pm10, o3, no2, so2, co, audit_id, source)
       select ?, ?, column1, column2, column3, column4, column5, column6, column7, column8, '${source}'
       from (values ${Array(n).fill("(?,?,?,?,?,?,?,?)").join(",")})`,
    );
  const inserts = new Map<number, ReturnType<typeof insert>>();
  const audit = batch ?? AUDITED_BY_NONE;
  return (id: string, rows: readonly DayRow[], start: number): void => {
    for (let at = start; at < rows.length; at += CHUNK) {
      const chunk = rows.slice(at, at + CHUNK);
      const bound: (number | string | null)[] = [id, batch];
      for (const row of chunk) {
        bound.push(row.date, row["PM2.5"], row.PM10, row.O3_8h, row.NO2, row.SO2, row.CO);
        bound.push(row.audited === true ? audit : null);
      }
      let statement = inserts.get(chunk.length);
      if (statement === undefined) {
        statement = insert(chunk.length);
        inserts.set(chunk.length, statement);
      }
      statement.run(bound);
    }
  };
}

/** What the log keeps of a day: its values; of one that was audited or reckoned, that too. */
function logged(day: Before): unknown[] {
  const { auditId, source } = day;
  if (auditId === null && source === "import") return values(day);
  return [...values(day), auditId, source];
}

function settled(row: DayRow, before: AirDay | undefined): DayRow {
  if (!ITEMS.some((item) => row[item] === CLEARED || (row[item] === null && before !== undefined)))
    return row;
  const settle = (item: (typeof ITEMS)[number]) =>
    row[item] === CLEARED ? null : (row[item] ?? before?.[item] ?? null);
  return { ...row, ...Object.fromEntries(ITEMS.map((item) => [item, settle(item)])) };
}
const ITEMS = ["PM2.5", "PM10", "O3_8h", "NO2", "SO2", "CO"] as const;

const values = (day: AirDay) => [day["PM2.5"], day.PM10, day.O3_8h, day.NO2, day.SO2, day.CO];

function same(one: AirDay, other: AirDay): boolean {
  return (
    one["PM2.5"] === other["PM2.5"] &&
    one.PM10 === other.PM10 &&
    one.O3_8h === other.O3_8h &&
    one.NO2 === other.NO2 &&
    one.SO2 === other.SO2 &&
    one.CO === other.CO
  );
}
