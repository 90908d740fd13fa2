import type { IsoDate } from "../domain/air/day.ts";
import { type Suspicion, undoubted } from "../domain/air/hour-checks.ts";
import { type HourNumber, hourLabel, hoursOfDay } from "../domain/air/hour-number.ts";
import { dayFromHours, HOURLY_ITEMS, type HourValues } from "../domain/air/hours.ts";
import type { HourLimits } from "../domain/plan/pack-alerts.ts";
import { doubtAnew, SIX_OF_HOUR as SIX, suspicionOf } from "./air-doubts.ts";
import type { DayRow } from "./air-merge.ts";
import { neighboursAmong } from "./air-neighbours.ts";
import { connectionOf, type Db } from "./open.ts";

/** One hour of a station. */
export type HourRow = HourValues & { id: string; hour: HourNumber };

/** The same as it was measured, and why what of it is doubted. */
export type MeasuredHour = HourRow & { doubts: Suspicion | null };

type Standing = HourRow & { suspect: string | null };
const clean = ({ suspect, ...row }: Standing): HourRow => undoubted(row, suspicionOf({ suspect }));
const tellsNothing = (row: HourValues) => HOURLY_ITEMS.every((item) => row[item] === null);

export function airHourReads(db: Db) {
  const connection = connectionOf(db);
  const newest = connection.prepare<[string, HourNumber], Standing>(
    `select station_id as id, hour, ${SIX}, suspect from station_hour where station_id = ? and hour <= ?
     and coalesce(pm25, pm10, o3, no2, so2, co) is not null order by hour desc`,
  );
  const between = connection.prepare<[string, HourNumber, HourNumber], Standing>(
    `select station_id as id, hour, ${SIX}, suspect from station_hour where station_id = ? and hour between ? and ?
     order by hour`,
  );
  // Of thousands of stations one statement that names them all is several times as fast as one for each.
  const newestAny = connection.prepare<[HourNumber, string], { id: string; hour: HourNumber }>(
    `select id, hour from (select value as id,
       (select hour from station_hour where station_id = value and hour <= ?
        and coalesce(pm25, pm10, o3, no2, so2, co) is not null order by hour desc limit 1) as hour
     from json_each(?)) where hour is not null`,
  );
  const at = connection.prepare<[string, HourNumber], Standing>(
    `select station_id as id, hour, ${SIX}, suspect
     from json_each(?) cross join station_hour on station_id = value and hour = ?`,
  );
  const measured = ({ suspect, ...row }: Standing): MeasuredHour => ({
    ...row,
    doubts: suspicionOf({ suspect }),
  });
  return {
    /** Each station's newest hour with any value, doubted or not. */
    async newestMeasured(
      stationIds: readonly string[],
      until: HourNumber,
    ): Promise<{ id: string; hour: HourNumber }[]> {
      return newestAny.all(until, JSON.stringify(stationIds));
    },
    /** One hour of several stations as it was measured. */
    async hoursAt(stationIds: readonly string[], hour: HourNumber): Promise<MeasuredHour[]> {
      return at.all(JSON.stringify(stationIds), hour).map(measured);
    },
    /** Says of each station which are its neighbours: the others of its county, and those that stand for the city. */
    async neighbours(): Promise<(id: string) => readonly string[]> {
      return neighboursAmong(connection);
    },
    /** Each station's newest hour with any value that isn't doubted, up to `until`; stations without one are not in the list. */
    async newestHours(stationIds: readonly string[], until: HourNumber): Promise<HourRow[]> {
      return stationIds.flatMap((id) => {
        for (const row of newest.iterate(id, until)) {
          const hour = clean(row);
          if (!tellsNothing(hour)) return hour;
        }
        return [];
      });
    },
    /** A station's hours within [from, to], oldest first, as figures take them: without what is doubted. */
    async hours(stationId: string, from: HourNumber, to: HourNumber): Promise<HourRow[]> {
      return between.all(stationId, from, to).map(clean);
    },
    /** The same as they were measured, with what of them is doubted and why. */
    async measuredHours(stationId: string, from: HourNumber, to: HourNumber): Promise<MeasuredHour[]> {
      return between.all(stationId, from, to).map(measured);
    },
  };
}

export type MergedHours = {
  added: number;
  corrected: number;
  unchanged: number;
  /** The days that any new or corrected hour is part of, as the stations' hours now make them. */
  days: DayRow[];
  /** How many hours have come to be doubted. */
  doubted: number;
  /** The hours of which anything is new or corrected, oldest first. */
  hours: HourNumber[];
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
  limits: HourLimits,
): MergedHours {
  const connection = connectionOf(db);
  const known = connection.prepare<[string, HourNumber], HourRow>(
    `select station_id as id, hour, ${SIX} from station_hour where station_id = ? and hour = ?`,
  );
  const put = connection.prepare(
    `insert into station_hour (station_id, hour, pm25, pm10, o3, no2, so2, co) values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do update set pm25 = excluded.pm25, pm10 = excluded.pm10, o3 = excluded.o3, no2 = excluded.no2,
       so2 = excluded.so2, co = excluded.co`,
  );
  const revise = connection.prepare(
    "insert into revision (subject, before, after, person_id, at) values (?, ?, ?, ?, ?)",
  );
  const counts = { added: 0, corrected: 0, unchanged: 0 };
  const touched = new Map<string, Set<IsoDate>>();
  const changed = new Map<string, HourNumber[]>();
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
    const hours = changed.get(row.id);
    if (hours === undefined) changed.set(row.id, [row.hour]);
    else hours.push(row.hour);
  }
  const { days, doubted } = doubtAnew(db, changed, limits);
  for (const [id, dates] of days) touched.set(id, dates.union(touched.get(id) ?? new Set()));
  const hours = new Set([...changed.values()].flat());
  return { ...counts, doubted, days: daysOf(db, touched), hours: [...hours].sort((a, b) => a - b) };
}

function daysOf(db: Db, touched: ReadonlyMap<string, ReadonlySet<IsoDate>>): DayRow[] {
  const between = connectionOf(db).prepare<[string, HourNumber, HourNumber], Standing>(
    `select station_id as id, hour, ${SIX}, suspect from station_hour where station_id = ? and hour between ? and ?`,
  );
  return [...touched].flatMap(([id, dates]) =>
    [...dates].map((date) => {
      const { first, last } = hoursOfDay(date);
      const hours = between.all(id, first, last).map(clean);
      return { id, date, ...dayFromHours(hours.map((hour) => ({ ...hour, label: hour.hour - first + 1 }))) };
    }),
  );
}

const valuesOf = (row: HourValues) => HOURLY_ITEMS.map((item) => row[item]);
