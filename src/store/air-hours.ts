import type { IsoDate } from "../domain/air/day.ts";
import { type HourNumber, hourLabel, hoursOfDay } from "../domain/air/hour-number.ts";
import { dayFromHours, HOURLY_ITEMS, type HourValues } from "../domain/air/hours.ts";
import type { DayRow } from "./air-merge.ts";
import { connectionOf, type Db } from "./open.ts";

/** One hour of a station. */
export type HourRow = HourValues & { id: string; hour: HourNumber };

/** The six items in a raw select, each under its own name, so that a row holds {@link HourValues}. */
const SIX = 'pm25 as "PM2.5", pm10 as "PM10", o3 as "O3", no2 as "NO2", so2 as "SO2", co as "CO"';

export function airHourReads(db: Db) {
  const connection = connectionOf(db);
  const newest = connection.prepare<[string, HourNumber], HourRow>(
    `select station_id as id, hour, ${SIX} from station_hour where station_id = ? and hour <= ?
     and coalesce(pm25, pm10, o3, no2, so2, co) is not null order by hour desc limit 1`,
  );
  const between = connection.prepare<[string, HourNumber, HourNumber], HourRow>(
    `select station_id as id, hour, ${SIX} from station_hour where station_id = ? and hour between ? and ? order by hour`,
  );
  const telling = connection
    .prepare<[string, HourNumber, HourNumber], number>(
      `select count(*) from station_hour where station_id = ? and hour between ? and ?
       and coalesce(pm25, pm10, o3, no2, so2, co) is not null`,
    )
    .pluck();
  return {
    /** How many hours within [from, to] a station has any value of. */
    async countHours(stationId: string, from: HourNumber, to: HourNumber): Promise<number> {
      return telling.get(stationId, from, to) ?? 0;
    },
    /** Each station's newest hour with any value, up to `until`; stations without one are not in the list. */
    async newestHours(stationIds: readonly string[], until: HourNumber): Promise<HourRow[]> {
      return stationIds.flatMap((id) => newest.get(id, until) ?? []);
    },
    /** A station's hours within [from, to], oldest first. */
    async hours(stationId: string, from: HourNumber, to: HourNumber): Promise<HourRow[]> {
      return between.all(stationId, from, to);
    },
  };
}

export type MergedHours = {
  added: number;
  corrected: number;
  unchanged: number;
  /** The days that any new or corrected hour is part of, as the stations' hours now make them. */
  days: DayRow[];
};

/**
 * Adds, corrects or leaves each hour. A different value for a known hour is a correction, whose old value goes to the
 * revision log; what a row leaves out takes nothing away. Runs inside the caller's transaction; raw statements, since a year
 * of a few stations is 200,000 rows.
 */
export function mergeHours(
  db: Db,
  rows: readonly HourRow[],
  by: { personId: number | null; at: number },
): MergedHours {
  const connection = connectionOf(db);
  const known = connection.prepare<[string, HourNumber], HourRow>(
    `select station_id as id, hour, ${SIX} from station_hour where station_id = ? and hour = ?`,
  );
  const put = connection.prepare(
    `insert or replace into station_hour (station_id, hour, pm25, pm10, o3, no2, so2, co)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const revise = connection.prepare(
    "insert into revision (subject, before, after, person_id, at) values (?, ?, ?, ?, ?)",
  );
  const counts = { added: 0, corrected: 0, unchanged: 0 };
  const touched = new Map<string, Set<IsoDate>>();
  for (const row of rows) {
    const before = known.get(row.id, row.hour);
    const after =
      before === undefined ? valuesOf(row) : valuesOf(row).map((v, i) => v ?? valuesOf(before)[i]);
    if (before !== undefined && valuesOf(before).every((v, i) => v === after[i])) {
      counts.unchanged += 1;
      continue;
    }
    if (before === undefined) counts.added += 1;
    else {
      counts.corrected += 1;
      const values = [JSON.stringify(valuesOf(before)), JSON.stringify(after)];
      revise.run(`station_hour/${row.id}/${row.hour}`, ...values, by.personId, by.at);
    }
    put.run(row.id, row.hour, ...after);
    const dates = touched.get(row.id) ?? new Set();
    touched.set(row.id, dates.add(hourLabel(row.hour).date));
  }
  return { ...counts, days: daysOf(db, touched) };
}

function daysOf(db: Db, touched: ReadonlyMap<string, ReadonlySet<IsoDate>>): DayRow[] {
  const between = connectionOf(db).prepare<[string, HourNumber, HourNumber], HourRow>(
    `select hour, ${SIX} from station_hour where station_id = ? and hour between ? and ?`,
  );
  return [...touched].flatMap(([id, dates]) =>
    [...dates].map((date) => {
      const { first, last } = hoursOfDay(date);
      const hours = between.all(id, first, last);
      return {
        id,
        date,
        ...dayFromHours(hours.map((hour) => ({ ...hour, label: hourLabel(hour.hour).label }))),
      };
    }),
  );
}

const valuesOf = (row: HourValues) => HOURLY_ITEMS.map((item) => row[item]);
