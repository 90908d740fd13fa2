import { and, between, eq, max, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { prepared, preparedFor } from "./prepared.ts";
import { provincialRank } from "./schema.ts";

export type ProvincialRank = typeof provincialRank.$inferSelect;

export function provincialRankReads(db: Db) {
  const within = prepared(() =>
    db
      .select()
      .from(provincialRank)
      .where(between(provincialRank.month, sql.placeholder("from"), sql.placeholder("to")))
      .orderBy(provincialRank.month, provincialRank.regionId),
  );
  const place = prepared(() =>
    db
      .select()
      .from(provincialRank)
      .where(
        and(
          eq(provincialRank.regionId, sql.placeholder("regionId")),
          eq(provincialRank.month, sql.placeholder("month")),
        ),
      ),
  );
  return {
    /** All counties' places of the months from `from` to `to`, both `YYYY-MM` and inclusive, oldest month first. */
    async between(from: string, to: string): Promise<ProvincialRank[]> {
      return within({ from, to });
    },
    /** The newest month within [from, to] that is published; null without one. */
    async newestMonth(from: string, to: string): Promise<string | null> {
      const rows = await db
        .select({ month: max(provincialRank.month) })
        .from(provincialRank)
        .where(between(provincialRank.month, from, to));
      return rows[0]?.month ?? null;
    },
    async place(regionId: string, month: string): Promise<ProvincialRank | undefined> {
      return (await place({ regionId, month }))[0];
    },
  };
}

export function provincialRankWrites(db: Db) {
  const put = preparedFor((row: ProvincialRank) =>
    db
      .insert(provincialRank)
      .values(row)
      .onConflictDoUpdate({ target: [provincialRank.regionId, provincialRank.month], set: row }),
  );
  return {
    /** Adds a county's place of a month, or puts it in the stead of what was there. */
    async put(row: ProvincialRank): Promise<void> {
      await put(row);
    },
  };
}
