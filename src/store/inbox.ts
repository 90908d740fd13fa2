import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { inbox, type PLATFORMS } from "./schema.ts";

export type Platform = (typeof PLATFORMS)[number];
export type Inbound = typeof inbox.$inferSelect;

export function inboxReads(db: Db) {
  const byIdentity = db
    .select()
    .from(inbox)
    .where(
      and(
        eq(inbox.platform, sql.placeholder("platform")),
        eq(inbox.externalId, sql.placeholder("externalId")),
      ),
    )
    .prepare();
  return {
    async find(platform: Platform, externalId: string): Promise<Inbound | null> {
      return (await byIdentity.execute({ platform, externalId }))[0] ?? null;
    },
    /** What was accepted but not answered yet, oldest first: the rest of a crash. */
    async waiting(platform: Platform): Promise<Inbound[]> {
      return db
        .select()
        .from(inbox)
        .where(and(eq(inbox.platform, platform), eq(inbox.state, "received")))
        .orderBy(asc(inbox.id));
    },
  };
}

export function inboxWrites(db: Db) {
  return {
    /** Records what came in. @returns the new row, or null when this id is already known. */
    async receive(row: {
      platform: Platform;
      externalId: string;
      payload: string;
      receivedAt: number;
    }): Promise<Inbound | null> {
      return (await db.insert(inbox).values(row).onConflictDoNothing().returning())[0] ?? null;
    },
    async finish(id: number, state: "done" | "failed", replyId: number | null): Promise<void> {
      await db
        .update(inbox)
        .set({ state, replyId, attempts: sql`${inbox.attempts} + 1` })
        .where(eq(inbox.id, id));
    },
  };
}
