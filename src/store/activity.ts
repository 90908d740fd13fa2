import { between, eq, max, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { PlatformName } from "./inbox.ts";
import type { Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { activity } from "./schema.ts";

type ActivityRow = typeof activity.$inferSelect;

/** Up to when, and up to which delivery, somebody has looked on one platform. */
export type Looked = { at: EpochMs; newest: number };

/** What people do with the bot, counted by day; and so, up to where they have seen what it sent. */
export function activityReads(db: Db) {
  const looked = prepared(() =>
    db
      .select({ platform: activity.platform, at: max(activity.lastAt), newest: max(activity.newest) })
      .from(activity)
      .where(eq(activity.personId, sql.placeholder("personId")))
      .groupBy(activity.platform),
  );
  return {
    /** Up to where a person has looked, by platform. */
    async looked(personId: PersonId): Promise<Map<PlatformName, Looked>> {
      const rows = await looked({ personId });
      return new Map(
        rows.map(({ platform, at, newest }) => [platform, { at: at ?? 0, newest: newest ?? 0 }]),
      );
    },
    /** What everybody has done on days of a period, ISO dates inclusive. */
    async within(from: string, to: string): Promise<ActivityRow[]> {
      return db
        .select()
        .from(activity)
        .where(between(activity.day, from, to));
    },
  };
}

export function activityWrites(db: Db) {
  const add = prepared(() =>
    db
      .insert(activity)
      .values({ ...given("personId", "platform", "day", "what", "act", "lastAt", "newest"), times: 1 })
      .onConflictDoUpdate({
        target: [activity.personId, activity.platform, activity.day, activity.what, activity.act],
        set: {
          times: sql`${activity.times} + 1`,
          lastAt: sql`max(${activity.lastAt}, excluded.last_at)`,
          newest: sql`max(${activity.newest}, excluded.newest)`,
        },
      }),
  );
  return {
    /** Counts something that a person has done, having before them what had been written up to delivery `newest`. */
    async note(row: Omit<ActivityRow, "times">): Promise<void> {
      await add(row);
    },
  };
}
