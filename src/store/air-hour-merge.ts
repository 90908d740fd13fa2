import { type IsoDate, POLLUTANTS } from "../domain/air/day.ts";
import { type HourNumber, hourLabel, hoursOfDay } from "../domain/air/hour-number.ts";
import { DAY_TELLS, dayFromHours, HOURLY_ITEMS, type HourValues } from "../domain/air/hours.ts";
import type { HourLimits } from "../domain/plan/pack-alerts.ts";
import { type ChangedHours, doubtAnew, SIX_OF_HOUR as SIX } from "./air-doubts.ts";
import { type HourRow, type StoredHour, withoutDoubted } from "./air-hours.ts";
import type { DayRow } from "./air-merge.ts";
import { type Connection, connectionOf, type Db } from "./open.ts";

export type MergedHours = {
  added: number;
  corrected: number;
  unchanged: number;
  /** The days that any new or corrected hour is part of and whose hours tell anything, or did, as they now make them. */
  days: DayRow[];
  /** How many hours have come to be doubted. */
  doubted: number;
  /** The hours of which anything is new or corrected, oldest first. */
  hours: HourNumber[];
};

/**
 * Adds, corrects or leaves each hour. A different value for a known hour is a correction, whose old value goes to the
 * revision log; what a row leaves out takes nothing away. Runs inside the caller's transaction; raw statements, since a year
 * of a few stations is 200,000 rows, and an hour of all of them is what comes most often: nothing is asked station by station
 * of which only a new, unremarkable hour has come.
 */
export function mergeHours(
  db: Db,
  rows: readonly HourRow[],
  by: { personId: number | null; at: number },
  limits: HourLimits,
): MergedHours {
  const connection = connectionOf(db);
  const add = connection.prepare(
    `insert into station_hour (station_id, hour, pm25, pm10, o3, no2, so2, co) values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do nothing`,
  );
  const correct = correcting(connection, by);
  const counts = { added: 0, corrected: 0, unchanged: 0 };
  const changed: ChangedHours = new Map();
  const stationsOf = new Map<HourNumber, Set<string>>();
  for (const row of rows) {
    const { id, hour } = row;
    const six = [row["PM2.5"], row.PM10, row.O3, row.NO2, row.SO2, row.CO] as const;
    const isNew = add.run(id, hour, ...six).changes === 1;
    if (isNew) counts.added += 1;
    else if (correct(row)) counts.corrected += 1;
    else {
      counts.unchanged += 1;
      continue;
    }
    const own = changed.get(id);
    if (own === undefined) changed.set(id, { hours: [hour], corrected: !isNew });
    else {
      own.hours.push(hour);
      own.corrected ||= !isNew;
    }
    const stations = stationsOf.get(hour);
    if (stations === undefined) stationsOf.set(hour, new Set([id]));
    else stations.add(id);
  }
  const { days, doubted } = doubtAnew(db, changed, limits);
  const touched = new Map<IsoDate, Set<string>>();
  for (const [hour, stations] of stationsOf) {
    const { date } = hourLabel(hour);
    touched.set(date, stations.union(touched.get(date) ?? new Set()));
  }
  for (const [date, stations] of days) touched.set(date, stations.union(touched.get(date) ?? new Set()));
  const hours = [...stationsOf.keys()].sort((a, b) => a - b);
  return { ...counts, doubted, days: daysOf(connection, touched), hours };
}

/** Holds a row against the hour that stands. @returns whether that is another now. */
function correcting(connection: Connection, by: { personId: number | null; at: number }) {
  const known = connection.prepare<[string, HourNumber], HourRow>(
    `select station_id as id, hour, ${SIX} from station_hour where station_id = ? and hour = ?`,
  );
  const put = connection.prepare(
    `update station_hour set pm25 = ?, pm10 = ?, o3 = ?, no2 = ?, so2 = ?, co = ? where station_id = ? and hour = ?`,
  );
  const revise = connection.prepare(
    "insert into revision (subject, before, after, person_id, at) values (?, ?, ?, ?, ?)",
  );
  return (row: HourRow): boolean => {
    const { id, hour } = row;
    const before = valuesOf(known.get(id, hour) as HourRow);
    const after = valuesOf(row).map((value, i) => value ?? before[i] ?? null);
    if (before.every((value, i) => value === after[i])) return false;
    const values = [JSON.stringify(before), JSON.stringify(after)];
    revise.run(`station_hour/${id}/${hour}`, ...values, by.personId, by.at);
    put.run(...after, id, hour);
    return true;
  };
}

const valuesOf = (row: HourValues) => HOURLY_ITEMS.map((item) => row[item]);

/** The days of stations by their hours. A day of which they tell nothing yet is no day, unless it told something before. */
function daysOf(connection: Connection, touched: ReadonlyMap<IsoDate, ReadonlySet<string>>): DayRow[] {
  const told = connection.prepare<[string, IsoDate], { id: string }>(
    `select value as id from json_each(?) cross join station_day on station_id = value and date = ? and source = 'hours'`,
  );
  // Until late in the day no day tells anything, but for much ozone: its hours needn't be read.
  const maybe = connection.prepare<
    { ids: string; from: HourNumber; late: HourNumber; to: HourNumber },
    { id: string }
  >(
    `select value as id from json_each(@ids)
     where exists (select 1 from station_hour where station_id = value and hour between @late and @to)
       or exists (select 1 from station_hour where station_id = value and hour between @from and @to
         and o3 > ${DAY_TELLS.ozoneAbove})`,
  );
  const between = connection.prepare<[string, HourNumber, HourNumber], StoredHour>(
    `select station_id as id, hour, ${SIX}, suspect from station_hour where station_id = ? and hour between ? and ?`,
  );
  return [...touched].flatMap(([date, stations]) => {
    const { first, last } = hoursOfDay(date);
    const ids = JSON.stringify([...stations]);
    const stands = new Set(told.all(ids, date).map(({ id }) => id));
    const span = { from: first, late: first + DAY_TELLS.label - 1, to: last };
    const tells = new Set(maybe.all({ ids, ...span }).map(({ id }) => id));
    return [...stands.union(tells)].flatMap((id) => {
      const hours = between.all(id, first, last).map(withoutDoubted);
      const day = dayFromHours(hours.map((hour) => ({ ...hour, label: hour.hour - first + 1 })));
      return stands.has(id) || POLLUTANTS.some((item) => day[item] !== null) ? { id, date, ...day } : [];
    });
  });
}
