import { and, between, eq, inArray, max, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { prepared, preparedFor } from "./prepared.ts";
import { dustfall } from "./schema.ts";

export type DustfallRow = typeof dustfall.$inferSelect;

export function dustfallReads(db: Db) {
  const within = prepared(() =>
    db
      .select()
      .from(dustfall)
      .where(between(dustfall.month, sql.placeholder("from"), sql.placeholder("to")))
      .orderBy(dustfall.month, dustfall.site),
  );
  return {
    /** All points of the months from `from` to `to`, both `YYYY-MM` and inclusive, by month and name. */
    async between(from: string, to: string): Promise<DustfallRow[]> {
      return within({ from, to });
    },
    /** The newest month within [from, to] of which these regions, or any, have a point; null without one. */
    async newestMonth(from: string, to: string, regionIds?: readonly string[]): Promise<string | null> {
      const rows = await db
        .select({ month: max(dustfall.month) })
        .from(dustfall)
        .where(
          and(
            between(dustfall.month, from, to),
            regionIds === undefined ? undefined : inArray(dustfall.regionId, [...regionIds]),
          ),
        );
      return rows[0]?.month ?? null;
    },
    async point(of: Pick<DustfallRow, "month" | "regionId" | "site">): Promise<DustfallRow | undefined> {
      const rows = await db
        .select()
        .from(dustfall)
        .where(
          and(eq(dustfall.month, of.month), eq(dustfall.regionId, of.regionId), eq(dustfall.site, of.site)),
        );
      return rows[0];
    },
  };
}

export function dustfallWrites(db: Db) {
  const put = preparedFor((row: typeof dustfall.$inferInsert) =>
    db
      .insert(dustfall)
      .values(row)
      .onConflictDoUpdate({ target: [dustfall.month, dustfall.regionId, dustfall.site], set: row }),
  );
  return {
    /** Adds a point's month, or puts it in the place of what was there; a town that isn't said stays. */
    async put(row: DustfallRow): Promise<void> {
      const { townId, ...said } = row;
      await put(townId === null ? said : row);
    },
  };
}
