import { asc, eq } from "drizzle-orm";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { holiday } from "./schema.ts";

/** A day that the office has entered: off, or worked to make up for one. */
export type Holiday = typeof holiday.$inferSelect;

export function holidayReads(db: Db) {
  const all = prepared(() => db.select().from(holiday).orderBy(asc(holiday.date)));
  return {
    /** All of them, oldest first: some forty a year. */
    async all(): Promise<Holiday[]> {
      return all();
    },
    async on(date: string): Promise<Holiday | undefined> {
      return (await db.select().from(holiday).where(eq(holiday.date, date)))[0];
    },
  };
}

export function holidayWrites(db: Db) {
  return {
    async put(row: Holiday): Promise<void> {
      await db.insert(holiday).values(row).onConflictDoUpdate({ target: holiday.date, set: row });
    },
  };
}
