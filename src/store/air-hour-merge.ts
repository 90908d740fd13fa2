import { type IsoDate, POLLUTANTS } from "../domain/air/day.ts";
import { undoubted } from "../domain/air/hour-checks.ts";
import { type HourNumber, hourLabel, hoursOfDay } from "../domain/air/hour-number.ts";
import {
  DAY_TELLS,
  dayFromHours,
  HOURLY_ITEMS,
  type HourValues,
  type LabelledHour,
} from "../domain/air/hours.ts";
import type { HourLimits } from "../domain/plan/pack-alerts.ts";
import { doubting } from "./air-doubts.ts";
import { type ChangedHours, SIX_OF_HOUR as SIX, suspicionOf } from "./air-hour-rows.ts";
import type { HourRow } from "./air-hours.ts";
import type { DayRow, Stamp } from "./air-merge.ts";
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
export function hourMerging(
  db: Db,
): (rows: readonly HourRow[], by: Stamp, limits: HourLimits) => MergedHours {
  const connection = connectionOf(db);
  const add = connection.prepare(
    `insert into station_hour (station_id, hour, pm25, pm10, o3, no2, so2, co) values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do nothing`,
  );
  const correct = correcting(connection);
  const doubtAnew = doubting(connection);
  const daysOf = dayReckoning(connection);
  return (rows, by, limits) => {
    const counts = { added: 0, corrected: 0, unchanged: 0 };
    const changed = new Map<string, { hours: HourNumber[]; corrected: boolean }>();
    const hours = new Set<HourNumber>();
    for (const row of rows) {
      const { id, hour } = row;
      const { "PM2.5": fine, PM10, O3, NO2, SO2, CO } = row;
      const isNew = add.run(id, hour, fine, PM10, O3, NO2, SO2, CO).changes === 1;
      if (isNew) counts.added += 1;
      else if (correct(row, by)) counts.corrected += 1;
      else {
        counts.unchanged += 1;
        continue;
      }
      hours.add(hour);
      const own = changed.get(id);
      if (own === undefined) changed.set(id, { hours: [hour], corrected: !isNew });
      else {
        own.hours.push(hour);
        own.corrected ||= !isNew;
      }
    }
    const doubted = doubtAnew(changed, limits);
    const days = daysOf(changed, doubted.days);
    return { ...counts, doubted: doubted.hours, days, hours: [...hours].sort((a, b) => a - b) };
  };
}

/** Holds a row against the hour that stands. @returns whether that is another now. */
function correcting(connection: Connection) {
  const known = connection.prepare<[string, HourNumber], HourRow>(
    `select station_id as id, hour, ${SIX} from station_hour where station_id = ? and hour = ?`,
  );
  const put = connection.prepare(
    `update station_hour set pm25 = ?, pm10 = ?, o3 = ?, no2 = ?, so2 = ?, co = ? where station_id = ? and hour = ?`,
  );
  const revise = connection.prepare(
    "insert into revision (subject, before, after, person_id, at) values (?, ?, ?, ?, ?)",
  );
  return (row: HourRow, by: Stamp): boolean => {
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

/** Stations by date. */
type DaysOfStations = Map<IsoDate, Set<string>>;

/** Makes days of stations of their hours: those that hours have come to, and those `again` of which other values are doubted. */
function dayReckoning(connection: Connection) {
  const stands = connection.prepare<[string, IsoDate]>(
    "select 1 from station_day where station_id = ? and date = ? and source = 'hours'",
  );
  // Until late in the day no day tells anything, but for much ozone: its hours needn't be read.
  const maybe = connection.prepare<
    { ids: string; from: HourNumber; late: HourNumber; to: HourNumber },
    { id: string }
  >(
    `select value as id from json_each(@ids)
     where exists (select 1 from station_hour where station_id = value and hour between @from and @to
       and (hour >= @late or o3 > ${DAY_TELLS.ozoneAbove}))`,
  );
  // Labelled as they are read: thousands of stations have a day of hours each.
  const hoursOf = connection.prepare<
    { id: string; from: HourNumber; to: HourNumber },
    LabelledHour & { suspect: string | null }
  >(
    `select hour - @from + 1 as label, ${SIX}, suspect from station_hour
     where station_id = @id and hour between @from and @to`,
  );
  return (changed: ChangedHours, again: DaysOfStations): DayRow[] => {
    const fresh: DaysOfStations = new Map();
    const dates = new Map<HourNumber, IsoDate>();
    for (const [id, { hours, corrected }] of changed)
      for (const hour of hours) {
        const date = dates.get(hour) ?? hourLabel(hour).date;
        dates.set(hour, date);
        const of = corrected ? again : fresh;
        of.set(date, (of.get(date) ?? new Set()).add(id));
      }
    const dayOf = (id: string, date: IsoDate): DayRow[] => {
      const { first, last } = hoursOfDay(date);
      const hours = hoursOf.all({ id, from: first, to: last });
      const day = dayFromHours(
        hours.map((hour) => (hour.suspect === null ? hour : undoubted(hour, suspicionOf(hour)))),
      );
      // A day of which its hours tell nothing yet is no day, unless they told something before.
      const tells = POLLUTANTS.some((item) => day[item] !== null) || stands.get(id, date) !== undefined;
      return tells ? [{ id, date, ...day }] : [];
    };
    const telling = (ids: ReadonlySet<string>, date: IsoDate) => {
      const { first, last } = hoursOfDay(date);
      const span = { from: first, late: first + DAY_TELLS.label - 1, to: last };
      return new Set(maybe.all({ ids: JSON.stringify([...ids]), ...span }).map(({ id }) => id));
    };
    return [...new Set([...fresh.keys(), ...again.keys()])].flatMap((date) => {
      const ids = telling(fresh.get(date) ?? new Set<string>(), date).union(
        again.get(date) ?? new Set<string>(),
      );
      return [...ids].flatMap((id) => dayOf(id, date));
    });
  };
}
