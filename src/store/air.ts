import { setImmediate as breathe } from "node:timers/promises";
import { and, between, count, eq, max, sql } from "drizzle-orm";
import type { AirDay, IsoDate } from "../domain/air/day.ts";
import type { RegionId } from "../domain/ids.ts";
import type { HourLimits } from "../domain/plan/pack-alerts.ts";
import { hourMerging, type MergedHours } from "./air-hour-merge.ts";
import { airHourReads, type HourRow } from "./air-hours.ts";
import { type DayRow, type Merged, type MergedBy, mergeDays, SIX, type Stamp } from "./air-merge.ts";
import { recomputeRegions } from "./air-regions.ts";
import { connectionOf, type Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { regionDay, station } from "./schema.ts";

export type Station = typeof station.$inferSelect;
export type StationName = Pick<Station, "id" | "name" | "code">;
/** Exact sum of a region's valid PM2.5 days, in µg/m³, and their number. */
export type Pm25Sum = { sum: number; valid: number };
export type Unaudited = { days: number; since: IsoDate | null };

/**
 * The hot questions are asked without drizzle, whose mapping of a row, field by field, was measured to take as long as
 * reading it; the driver makes each row in the shape of its columns' names. `+?` where rows are ordered: a new value for a
 * plain `= ?` makes SQLite think again before it reads, measured at a sixth of the time of half a year of days.
 */
export function airReads(db: Db) {
  const connection = connectionOf(db);
  const days = connection.prepare<[string, IsoDate, IsoDate], AirDay>(
    `select date, ${SIX} from region_day where region_id = +? and date between ? and ? order by date`,
  );
  const pm25Sum = connection.prepare<[string, IsoDate, IsoDate], Pm25Sum>(
    `select coalesce(sum(pm25), 0) as sum, count(pm25) as valid from region_day
     where region_id = ? and date between ? and ?`,
  );
  const unaudited = connection.prepare<[string, IsoDate, IsoDate], Unaudited>(
    `select count(*) as days, min(date) as since from region_day
     where region_id = ? and date between ? and ? and audit_id is null`,
  );
  const validDays = connection
    .prepare<[string, IsoDate, IsoDate], number>(
      "select count(pm25) from station_day where station_id = ? and date between ? and ?",
    )
    .pluck();
  const anyDay = connection.prepare<[string]>("select 1 from station_day where station_id = ? limit 1");
  const month = sql<string>`substr(${regionDay.date}, 1, 7)`;
  const validByMonth = prepared(() =>
    db
      .select({ month, valid: count(regionDay.pm25) })
      .from(regionDay)
      .where(
        and(
          eq(regionDay.regionId, sql.placeholder("regionId")),
          between(regionDay.date, sql.placeholder("from"), sql.placeholder("to")),
        ),
      )
      .groupBy(month),
  );
  type StoredStation = Omit<Station, "national"> & { national: number };
  const ofStation = `id, name, region_id as regionId, national, code, valid_from as validFrom, valid_to as validTo,
    longitude, latitude`;
  const stations = connection.prepare<[], StoredStation>(`select ${ofStation} from station order by id`);
  const stationById = connection.prepare<[string], StoredStation>(
    `select ${ofStation} from station where id = ?`,
  );
  const stationNames = connection.prepare<[], StationName>("select id, name, code from station");
  const asStation = (row: StoredStation): Station => ({ ...row, national: row.national === 1 });
  return {
    /** A region's published days within [from, to], oldest first; days without a row are not in the list. */
    async days(regionId: RegionId, from: IsoDate, to: IsoDate): Promise<AirDay[]> {
      return days.all(regionId, from, to);
    },
    /** How many of a region's days within [from, to] nobody has audited, and the first of them. */
    async unaudited(regionId: string, from: IsoDate, to: IsoDate): Promise<Unaudited> {
      return unaudited.get(regionId, from, to) as Unaudited;
    },
    /** Each region's PM2.5 within [from, to], in the order of the ids: enough for a mean. */
    async pm25Sums(regionIds: readonly RegionId[], from: IsoDate, to: IsoDate): Promise<Pm25Sum[]> {
      return regionIds.map((id) => pm25Sum.get(id, from, to) as Pm25Sum);
    },
    /** A region's days with a PM2.5 value within [from, to] by month, `YYYY-MM`: what a mean's validity is judged by. */
    async validByMonth(regionId: RegionId, from: IsoDate, to: IsoDate): Promise<Map<string, number>> {
      const rows = await validByMonth({ regionId, from, to });
      return new Map(rows.map((row) => [row.month, row.valid]));
    },
    /** The newest date on or before `to` for which the region has any value, or null. */
    async newestDay(regionId: RegionId, to: IsoDate): Promise<IsoDate | null> {
      const rows = await db
        .select({ date: max(regionDay.date) })
        .from(regionDay)
        .where(and(eq(regionDay.regionId, regionId), sql`${regionDay.date} <= ${to}`));
      return rows[0]?.date ?? null;
    },
    ...airHourReads(db),
    /** Days within [from, to] of which a station has a PM2.5 value. */
    async validDays(stationId: string, from: IsoDate, to: IsoDate): Promise<number> {
      return validDays.get(stationId, from, to) ?? 0;
    },
    /** Whether any day of a station is known. */
    async hasDays(stationId: string): Promise<boolean> {
      return anyDay.get(stationId) !== undefined;
    },
    async stations(): Promise<Station[]> {
      return stations.all().map(asStation);
    },
    /** By what rows of a file call each station, in no order: of thousands all that is asked for each hour that comes. */
    async stationNames(): Promise<StationName[]> {
      return stationNames.all();
    },
    async station(id: string): Promise<Station | null> {
      const row = stationById.get(id);
      return row === undefined ? null : asStation(row);
    },
  };
}

/** Whether a station counts for the same days of the same places as before. */
function countsAlike(before: Station | undefined, now: Station): boolean {
  return (
    before !== undefined &&
    before.regionId === now.regionId &&
    before.national === now.national &&
    before.validFrom === now.validFrom &&
    before.validTo === now.validTo
  );
}

export function airWrites(db: Db) {
  const daysOfStation = connectionOf(db).prepare<[string], DayRow & { auditId: number | null }>(
    `select station_id as id, date, ${SIX}, audit_id as auditId from station_day where station_id = ?`,
  );
  // Made when hours come first: a process that answers one question needs none of it.
  let merging: ReturnType<typeof hourMerging> | null = null;
  return {
    async addStations(rows: readonly (typeof station.$inferInsert)[]): Promise<void> {
      for (const row of rows)
        await db.insert(station).values(row).onConflictDoUpdate({ target: station.id, set: row });
    },
    /**
     * Adds stations, or changes them. The days of the regions that rest on them, or did, are reckoned anew where the set of
     * their stations is another now. @returns the dates of which a region has other figures than before.
     */
    async putStations(
      rows: readonly Station[],
      by: { personId: number | null; at: number },
    ): Promise<Set<IsoDate>> {
      const before = new Map((await db.select().from(station)).map((row) => [row.id, row]));
      for (const row of rows)
        await db.insert(station).values(row).onConflictDoUpdate({ target: station.id, set: row });
      const moved = rows.filter((row) => !countsAlike(before.get(row.id), row));
      if (moved.length === 0) return new Set();
      const regions = new Set(moved.flatMap((row) => [row.regionId, before.get(row.id)?.regionId]));
      const isOfCity = moved.some((row) => row.national || before.get(row.id)?.national);
      const touched = (await db.select().from(station)).filter(
        (row) => regions.has(row.regionId) || (isOfCity && row.national),
      );
      const ids = new Set([...touched, ...moved].map(({ id }) => id));
      return recomputeRegions(
        db,
        [...ids].flatMap((id) =>
          daysOfStation.all(id).map(({ auditId, ...day }) => ({ ...day, audited: auditId !== null })),
        ),
        by,
      );
    },
    /** Brings in published days of regions as they are; they go before what stations would give. */
    async mergeRegionDays(rows: readonly DayRow[], by: MergedBy): Promise<Merged> {
      return mergeDays(db, "region_day", rows, by, "import");
    },
    /** Brings in days of stations and recomputes the days of the regions that rest on them. */
    async mergeStationDays(rows: readonly DayRow[], by: MergedBy): Promise<Merged> {
      const merged = mergeDays(db, "station_day", rows, by, "import");
      const { changed, confirmed } = merged;
      const touched = confirmed.length === 0 ? changed : [...changed, ...confirmed];
      if (touched.length > 0) await recomputeRegions(db, touched, by);
      return merged;
    },
    /**
     * Brings in hours of stations, and makes the stations' days of them where none was published; the regions that rest on
     * those follow. `correctedDates`: days that had other figures before.
     */
    async mergeStationHours(
      rows: readonly HourRow[],
      by: Stamp,
      limits: HourLimits,
    ): Promise<Omit<MergedHours, "days"> & Pick<Merged, "correctedDates">> {
      merging ??= hourMerging(db);
      const { days, ...counts } = merging(rows, by, limits);
      // Late in the day every station's day is another each hour: whoever else wants something has a turn between.
      await breathe();
      const { changed, correctedDates } = mergeDays(db, "station_day", days, by, "hours");
      if (changed.length > 0) await recomputeRegions(db, changed, by);
      return { ...counts, correctedDates };
    },
  };
}
