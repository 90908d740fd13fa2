import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { RegionId } from "../domain/ids.ts";
import { connectionOf, type Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { indicator, person, progress } from "./schema.ts";

/** The report that counts: the newest row of the newest date. `value` is decimal text in the indicator's unit. */
export type LatestProgress = { indicatorId: string; value: string; date: string; note: string | null };

export function progressReads(db: Db) {
  const columns = {
    indicatorId: progress.indicatorId,
    value: progress.value,
    date: progress.date,
    note: progress.note,
  };
  // One index seek an indicator: the cost doesn't grow with the number of reports made so far.
  const latestOfCity = prepared(() =>
    db
      .select(columns)
      .from(indicator)
      .innerJoin(
        progress,
        eq(
          progress.id,
          sql`(select id from progress p where p.indicator_id = ${indicator.id} and p.region_id is null
             and p.date <= ${sql.placeholder("asOf")} order by p.date desc, p.id desc limit 1)`,
        ),
      ),
  );
  // Without drizzle, whose part of so small a question was measured to be half of it, and with `+?` (why: air.ts), since
  // a plain `= ?` was measured to cost four times the seek.
  const latestOfRegion = connectionOf(db).prepare<[string, string, string], LatestProgress>(
    `select indicator_id as indicatorId, value, date, note from progress
     where indicator_id = +? and region_id = +? and date <= ? order by date desc, id desc limit 1`,
  );
  const latestOfPlace = connectionOf(db).prepare<[string, RegionId | null, string], LatestProgress>(
    `select indicator_id as indicatorId, value, date, note from progress
     where indicator_id = +? and region_id is +? and date <= ? order by date desc, id desc limit 1`,
  );
  const newest = connectionOf(db).prepare<[], number>("select coalesce(max(id), 0) from progress").pluck();
  return {
    /** The number of the newest report: what was made of all of them is so as long as it stays. */
    async newestId(): Promise<number> {
      return newest.get() as number;
    },
    /** The counting report of every indicator of the city as known on `asOf`, by indicator. */
    async latestOfCity(asOf: string): Promise<Map<string, LatestProgress>> {
      return new Map((await latestOfCity({ asOf })).map((row) => [row.indicatorId, row]));
    },
    /** The counting reports of a region among the given indicators as known on `asOf`, by indicator. */
    async latestOfRegion(
      regionId: RegionId,
      indicatorIds: readonly string[],
      asOf: string,
    ): Promise<Map<string, LatestProgress>> {
      const found = new Map<string, LatestProgress>();
      for (const id of indicatorIds) {
        const report = latestOfRegion.get(id, regionId, asOf);
        if (report !== undefined) found.set(id, report);
      }
      return found;
    },
    /** The counting report of one indicator as known on `asOf`: of a region, or of the city. */
    async latest(
      indicatorId: string,
      regionId: RegionId | null,
      asOf: string,
    ): Promise<LatestProgress | null> {
      return latestOfPlace.get(indicatorId, regionId, asOf) ?? null;
    },
    /** The reports of one indicator up to `asOf`, newest first. */
    async history(indicatorId: string, regionId: RegionId | null, asOf: string, limit: number) {
      return db
        .select({
          date: progress.date,
          value: progress.value,
          note: progress.note,
          by: person.name,
          reportedAt: progress.reportedAt,
        })
        .from(progress)
        .leftJoin(person, eq(person.id, progress.personId))
        .where(
          and(
            eq(progress.indicatorId, indicatorId),
            regionId === null ? isNull(progress.regionId) : eq(progress.regionId, regionId),
            sql`${progress.date} <= ${asOf}`,
          ),
        )
        .orderBy(desc(progress.date), desc(progress.id))
        .limit(limit);
    },
    /** Regions that have reported at least once. */
    async regions(): Promise<RegionId[]> {
      const rows = await db
        .selectDistinct({ id: progress.regionId })
        .from(progress)
        .orderBy(asc(progress.regionId));
      return rows.flatMap((row) => (row.id === null ? [] : [row.id]));
    },
  };
}

export function progressWrites(db: Db) {
  const insert = prepared(() =>
    db
      .insert(progress)
      .values(given("indicatorId", "regionId", "date", "value", "note", "personId", "reportedAt")),
  );
  return {
    async report(row: typeof progress.$inferInsert): Promise<void> {
      await insert({ regionId: null, note: null, personId: null, ...row });
    },
  };
}
