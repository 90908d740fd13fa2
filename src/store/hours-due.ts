import { asc, inArray, lte, sql } from "drizzle-orm";
import type { HourNumber } from "../domain/air/hour-number.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { hourDue } from "./schema.ts";

/** Hours that wait to be judged. */
export function hourDueReads(db: Db) {
  return {
    /** Those that are due, oldest hour first. */
    async due(now: EpochMs): Promise<HourNumber[]> {
      const rows = await db
        .select({ hour: hourDue.hour })
        .from(hourDue)
        .where(lte(hourDue.due, now))
        .orderBy(asc(hourDue.hour));
      return rows.map(({ hour }) => hour);
    },
  };
}

export function hourDueWrites(db: Db) {
  return {
    /** Has hours judged at `due`, or sooner where they are waiting for that already. */
    async put(rows: readonly { hour: HourNumber; due: EpochMs }[]): Promise<void> {
      for (const row of rows)
        await db
          .insert(hourDue)
          .values(row)
          .onConflictDoUpdate({ target: hourDue.hour, set: { due: sql`min(${hourDue.due}, ${row.due})` } });
    },
    async done(hours: readonly HourNumber[]): Promise<void> {
      await db.delete(hourDue).where(inArray(hourDue.hour, [...hours]));
    },
  };
}
