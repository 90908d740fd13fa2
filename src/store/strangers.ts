import { desc, sql } from "drizzle-orm";
import type { PlatformName } from "./inbox.ts";
import type { Db } from "./open.ts";
import { strangerDay } from "./schema.ts";

export function strangerReads(db: Db) {
  return {
    /** What strangers have tried on the last days, newest first. */
    async latest(limit: number) {
      return db.select().from(strangerDay).orderBy(desc(strangerDay.day), strangerDay.platform).limit(limit);
    },
  };
}

export function strangerWrites(db: Db) {
  return {
    /** Counts one try on a day of the office's calendar. */
    async count(day: string, platform: PlatformName): Promise<void> {
      await db
        .insert(strangerDay)
        .values({ day, platform, tries: 1 })
        .onConflictDoUpdate({
          target: [strangerDay.day, strangerDay.platform],
          set: { tries: sql`${strangerDay.tries} + 1` },
        });
    },
  };
}
