import { type Suspicion, undoubted } from "../domain/air/hour-checks.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourValues } from "../domain/air/hours.ts";
import type { LeastValues } from "../domain/alerts/readings.ts";
import { SIX_OF_HOUR as SIX, suspicionOf } from "./air-doubts.ts";
import { neighboursAmong } from "./air-neighbours.ts";
import { connectionOf, type Db } from "./open.ts";

/** One hour of a station. */
export type HourRow = HourValues & { id: string; hour: HourNumber };

/** The same as it was measured, and why what of it is doubted. */
export type MeasuredHour = HourRow & { doubts: Suspicion | null };

/** The same as it is stored. */
export type StoredHour = HourRow & { suspect: string | null };

/** As figures take it. */
export const withoutDoubted = ({ suspect, ...row }: StoredHour): HourRow =>
  undoubted(row, suspicionOf({ suspect }));
const tellsNothing = (row: HourValues) => HOURLY_ITEMS.every((item) => row[item] === null);

export function airHourReads(db: Db) {
  const connection = connectionOf(db);
  const newest = connection.prepare<[string, HourNumber], StoredHour>(
    `select station_id as id, hour, ${SIX}, suspect from station_hour where station_id = ? and hour <= ?
     and coalesce(pm25, pm10, o3, no2, so2, co) is not null order by hour desc`,
  );
  const between = connection.prepare<[string, HourNumber, HourNumber], StoredHour>(
    `select station_id as id, hour, ${SIX}, suspect from station_hour where station_id = ? and hour between ? and ?
     order by hour`,
  );
  // Of thousands of stations one statement that names them all is several times as fast as one for each.
  const newestAny = connection.prepare<[HourNumber, string, HourNumber], { id: string; hour: HourNumber }>(
    `select id, hour from (select value as id,
       (select hour from station_hour where station_id = value and hour <= ?
        and coalesce(pm25, pm10, o3, no2, so2, co) is not null order by hour desc limit 1) as hour
     from json_each(?)) where hour <= ?`,
  );
  const at = connection.prepare<[string, HourNumber], StoredHour>(
    `select station_id as id, hour, ${SIX}, suspect
     from json_each(?) cross join station_hour on station_id = value and hour = ?`,
  );
  const remarkable = connection.prepare<[string, HourNumber, number, number, number], StoredHour>(
    `select station_id as id, hour, ${SIX}, suspect from json_each(?) cross join station_hour on station_id = value and hour = ?
     where suspect is not null or pm25 >= ? or pm10 >= ? or o3 >= ?`,
  );
  const measured = ({ suspect, ...row }: StoredHour): MeasuredHour => ({
    ...row,
    doubts: suspicionOf({ suspect }),
  });
  return {
    /** Each station's newest hour with any value, doubted or not; of those alone that have none after `late`. */
    async newestMeasured(
      stationIds: readonly string[],
      until: HourNumber,
      late: HourNumber = until,
    ): Promise<{ id: string; hour: HourNumber }[]> {
      return newestAny.all(until, JSON.stringify(stationIds), late);
    },
    /** One hour of several stations as it was measured. */
    async hoursAt(stationIds: readonly string[], hour: HourNumber): Promise<MeasuredHour[]> {
      return at.all(JSON.stringify(stationIds), hour).map(measured);
    },
    /** Those of several stations that are as high in an hour as one of `least`, or of which anything is doubted. */
    async remarkableAt(
      stationIds: readonly string[],
      hour: HourNumber,
      least: LeastValues,
    ): Promise<MeasuredHour[]> {
      const { "PM2.5": pm25, PM10: pm10, O3: o3 } = least;
      return remarkable.all(JSON.stringify(stationIds), hour, pm25, pm10, o3).map(measured);
    },
    /** Says of each station which are neighbours of one another around it: the list is the same for all of a county. */
    async neighbours(): Promise<(id: string) => readonly string[]> {
      return neighboursAmong(connection);
    },
    /** Each station's newest hour with any value that isn't doubted, up to `until`; stations without one are not in the list. */
    async newestHours(stationIds: readonly string[], until: HourNumber): Promise<HourRow[]> {
      return stationIds.flatMap((id) => {
        for (const row of newest.iterate(id, until)) {
          const hour = withoutDoubted(row);
          if (!tellsNothing(hour)) return hour;
        }
        return [];
      });
    },
    /** A station's hours within [from, to], oldest first, as figures take them: without what is doubted. */
    async hours(stationId: string, from: HourNumber, to: HourNumber): Promise<HourRow[]> {
      return between.all(stationId, from, to).map(withoutDoubted);
    },
    /** The same as they were measured, with what of them is doubted and why. */
    async measuredHours(stationId: string, from: HourNumber, to: HourNumber): Promise<MeasuredHour[]> {
      return between.all(stationId, from, to).map(measured);
    },
  };
}
