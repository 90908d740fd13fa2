import type { IsoDate } from "../domain/air/day.ts";
import { type Suspicion, undoubted } from "../domain/air/hour-checks.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourValues } from "../domain/air/hours.ts";
import { SIX_OF_HOUR as SIX, type StandingHour, suspicionOf } from "./air-hour-rows.ts";
import { countiesOf } from "./air-neighbours.ts";
import { connectionOf, type Db } from "./open.ts";

/** One hour of a station. */
export type HourRow = HourValues & { id: string; hour: HourNumber };

/** The same as it was measured, and why what of it is doubted. */
export type MeasuredHour = HourRow & { doubts: Suspicion | null };

/** The same as it is stored. */
type StoredHour = StandingHour & { id: string };

/** What is judged of an hour of a station. */
export type JudgedStation = Pick<HourRow, "id" | "PM2.5" | "PM10" | "O3"> & {
  regionId: string;
  national: 0 | 1;
  /** Whether it has any value, doubted or not. */
  measured: 0 | 1;
  isDoubted?: boolean;
};

/** As figures take it. */
const withoutDoubted = ({ suspect, ...row }: StoredHour): HourRow => undoubted(row, suspicionOf({ suspect }));
const tellsNothing = (row: HourValues) => HOURLY_ITEMS.every((item) => row[item] === null);

export function airHourReads(db: Db) {
  const connection = connectionOf(db);
  const newest = connection.prepare<[string, HourNumber], StoredHour>(
    `select station_id as id, hour, ${SIX}, suspect from station_hour where station_id = +? and hour <= ?
     and coalesce(pm25, pm10, o3, no2, so2, co) is not null order by hour desc`,
  );
  const between = connection.prepare<[string, HourNumber, HourNumber], StoredHour>(
    `select station_id as id, hour, ${SIX}, suspect from station_hour where station_id = +? and hour between ? and ?
     order by hour`,
  );
  // Of thousands of stations one statement for all of them is several times as fast as one for each.
  const inUse = "(valid_from is null or valid_from <= @day) and (valid_to is null or @day <= valid_to)";
  const newestAny = connection.prepare<[HourNumber, string], { id: string; hour: HourNumber }>(
    `select id, hour from (select value as id,
       (select hour from station_hour where station_id = value and hour <= ?
        and coalesce(pm25, pm10, o3, no2, so2, co) is not null order by hour desc limit 1) as hour
     from json_each(?)) where hour is not null`,
  );
  const ofAll = connection.prepare<
    { day: string; hour: HourNumber },
    JudgedStation & { suspect: string | null }
  >(
    `select id, region_id as regionId, national, pm25 as "PM2.5", pm10 as "PM10", o3 as "O3", suspect,
       coalesce(pm25, pm10, o3, no2, so2, co) is not null as measured
     from station left join station_hour on station_id = id and hour = +@hour where ${inUse}`,
  );
  const measured = ({ suspect, ...row }: StoredHour): MeasuredHour => ({
    ...row,
    doubts: suspicionOf({ suspect }),
  });
  return {
    /** Each station's newest hour with any value, doubted or not, up to `until`; stations without one are not in the list. */
    async newestMeasured(
      ids: readonly string[],
      until: HourNumber,
    ): Promise<{ id: string; hour: HourNumber }[]> {
      return newestAny.all(until, JSON.stringify(ids));
    },
    /** What is judged of an hour of every station in use on a day, without what is doubted of it; nulls where none has come. */
    async hourOfAll(hour: HourNumber, day: IsoDate): Promise<JudgedStation[]> {
      return ofAll.all({ hour, day }).map((row) => {
        if (row.suspect === null) return row;
        return { ...undoubted(row, suspicionOf(row)), isDoubted: true };
      });
    },
    /** Says which county a region's stations belong to: one that is no more belongs to what it became. */
    async counties(): Promise<(regionId: string) => string> {
      return countiesOf(connection);
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
