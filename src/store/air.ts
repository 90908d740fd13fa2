import { and, asc, between, eq, inArray, max, sql } from "drizzle-orm";
import type { AirDay, IsoDate } from "../domain/air/day.ts";
import { regionDay } from "../domain/air/region-day.ts";
import { type DayRow, type Merged, mergeDays } from "./air-merge.ts";
import type { Db } from "./open.ts";
import { region, regionDay as regionDayTable, station, stationDay } from "./schema.ts";

export type Station = typeof station.$inferSelect;
/** Sum and count of a region's valid PM2.5 days of one month; `allSix` counts days with all six items. */
export type MonthOfPm25 = { regionId: string; month: string; sum: number; valid: number };

const six = (t: typeof regionDayTable | typeof stationDay) => ({
  "PM2.5": t.pm25,
  PM10: t.pm10,
  O3_8h: t.o3,
  NO2: t.no2,
  SO2: t.so2,
  CO: t.co,
});

export function airReads(db: Db) {
  const period = between(regionDayTable.date, sql.placeholder("from"), sql.placeholder("to"));
  const ofRegion = db
    .select({ date: regionDayTable.date, ...six(regionDayTable) })
    .from(regionDayTable)
    .where(and(eq(regionDayTable.regionId, sql.placeholder("regionId")), period))
    .orderBy(asc(regionDayTable.date))
    .prepare();
  const month = sql<string>`substr(${regionDayTable.date}, 1, 7)`;
  const pm25ByMonth = db
    .select({
      regionId: regionDayTable.regionId,
      month,
      sum: sql<number>`coalesce(sum(${regionDayTable.pm25}), 0)`,
      valid: sql<number>`count(${regionDayTable.pm25})`,
    })
    .from(regionDayTable)
    .where(and(eq(regionDayTable.regionId, sql.placeholder("regionId")), period))
    .groupBy(month)
    .prepare();
  return {
    /** A region's published days within [from, to], oldest first; days without a row are not in the list. */
    async days(regionId: string, from: IsoDate, to: IsoDate): Promise<AirDay[]> {
      return ofRegion.execute({ regionId, from, to });
    },
    /** PM2.5 sums and valid days by month within [from, to]: enough for a mean and its validity. */
    async pm25ByMonth(regionId: string, from: IsoDate, to: IsoDate): Promise<MonthOfPm25[]> {
      return pm25ByMonth.execute({ regionId, from, to });
    },
    /** The newest date on or before `to` for which the region has any value, or null. */
    async newestDay(regionId: string, to: IsoDate): Promise<IsoDate | null> {
      const rows = await db
        .select({ date: max(regionDayTable.date) })
        .from(regionDayTable)
        .where(and(eq(regionDayTable.regionId, regionId), sql`${regionDayTable.date} <= ${to}`));
      return rows[0]?.date ?? null;
    },
    async stations(): Promise<Station[]> {
      return db.select().from(station).orderBy(asc(station.id));
    },
  };
}

export function airWrites(db: Db) {
  return {
    async addStations(rows: readonly Station[]): Promise<void> {
      for (const row of rows)
        await db.insert(station).values(row).onConflictDoUpdate({ target: station.id, set: row });
    },
    /** Brings in published days of regions as they are; they go before what stations would give. */
    async mergeRegionDays(
      rows: readonly DayRow[],
      by: { personId: number | null; at: number },
    ): Promise<Merged> {
      return mergeDays(db, "region_day", rows, by, "import");
    },
    /** Brings in days of stations and recomputes the days of the regions that rest on them. */
    async mergeStationDays(
      rows: readonly DayRow[],
      by: { personId: number | null; at: number },
    ): Promise<Merged> {
      const merged = mergeDays(db, "station_day", rows, by);
      if (merged.changed.length > 0) await recompute(db, merged.changed, by);
      return merged;
    },
  };
}

/** Recomputes region days from their stations for the days that changed. A region's own stations include its forerunners'. */
async function recompute(
  db: Db,
  changed: readonly DayRow[],
  by: { personId: number | null; at: number },
): Promise<void> {
  const stations = await db.select().from(station);
  const members = await membership(db, stations);
  const touched = new Map<string, Set<IsoDate>>();
  for (const row of changed) {
    for (const [regionId, { ids }] of members) {
      if (ids.has(row.id)) touched.set(regionId, (touched.get(regionId) ?? new Set()).add(row.date));
    }
  }
  for (const [regionId, dates] of touched) {
    const { ids, until } = members.get(regionId) as Member;
    const sorted = [...dates].filter((date) => until === null || date <= until).sort();
    const [from, to] = [sorted[0], sorted.at(-1)];
    if (from === undefined || to === undefined) continue;
    const rows = await db
      .select({ date: stationDay.date, ...six(stationDay) })
      .from(stationDay)
      .where(and(inArray(stationDay.stationId, [...ids]), between(stationDay.date, from, to)));
    const byDate = Map.groupBy(rows, (row) => row.date);
    const days = sorted.map((date) => ({
      id: regionId,
      date,
      ...regionDay(byDate.get(date) ?? [], ids.size),
    }));
    mergeDays(db, "region_day", days, by, "stations");
  }
}

type Member = { ids: Set<string>; until: IsoDate | null };

/** The stations that make up each region, through all mergers; the city rests on its national stations. */
async function membership(db: Db, stations: readonly Station[]): Promise<Map<string, Member>> {
  const regions = await db.select().from(region);
  const successor = new Map(regions.map((r) => [r.id, r.successor]));
  const members = new Map<string, Member>(regions.map((r) => [r.id, { ids: new Set(), until: r.validTo }]));
  for (const s of stations) {
    for (let at: string | null | undefined = s.regionId; at; at = successor.get(at))
      members.get(at)?.ids.add(s.id);
    if (s.national)
      for (const city of regions.filter((r) => r.kind === "city")) members.get(city.id)?.ids.add(s.id);
  }
  return members;
}
