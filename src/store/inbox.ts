import { and, asc, count, eq, gt, min, sql } from "drizzle-orm";
import type { EpochMs } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { inbox } from "./schema.ts";

/** A name that some `provider.ts` declares; one that has been taken away since may still be stored. */
export type PlatformName = string;
export type Inbound = typeof inbox.$inferSelect;

/** What a message that came in is called in the log, and by whoever asks about it: one name from the request to its last delivery. */
export const requestName = (inbound: number): string => `inbox-${inbound}`;

const isUnanswered = and(eq(inbox.state, "done"), eq(inbox.attempts, 0));

export function inboxReads(db: Db) {
  const byIdentity = prepared(() =>
    db
      .select()
      .from(inbox)
      .where(
        and(
          eq(inbox.platform, sql.placeholder("platform")),
          eq(inbox.externalId, sql.placeholder("externalId")),
        ),
      ),
  );
  const byRow = prepared(() =>
    db
      .select()
      .from(inbox)
      .where(eq(inbox.id, sql.placeholder("id"))),
  );
  const waiting = prepared(() =>
    db
      .select()
      .from(inbox)
      .where(
        and(
          eq(inbox.state, "received"),
          gt(inbox.id, sql.placeholder("after")),
          eq(inbox.platform, sql.placeholder("platform")),
        ),
      )
      .orderBy(asc(inbox.id))
      .limit(sql.placeholder("most")),
  );
  const unanswered = prepared(() =>
    db
      .select()
      .from(inbox)
      .where(and(eq(inbox.platform, sql.placeholder("platform")), isUnanswered))
      .orderBy(asc(inbox.id)),
  );
  return {
    async find(platform: PlatformName, externalId: string): Promise<Inbound | null> {
      return (await byIdentity({ platform, externalId }))[0] ?? null;
    },
    async byId(id: number): Promise<Inbound | null> {
      return (await byRow({ id }))[0] ?? null;
    },
    /** What was accepted but not answered yet, oldest first: at most `most` of those that came after the row `after`. */
    async waiting(
      platform: PlatformName,
      { after = 0, most = Number.MAX_SAFE_INTEGER } = {},
    ): Promise<Inbound[]> {
      return waiting({ platform, after, most });
    },
    /** When the oldest message came that waits for its answer; null where none does. */
    async oldestWaiting(): Promise<EpochMs | null> {
      const rows = await db
        .select({ at: min(inbox.receivedAt) })
        .from(inbox)
        .where(eq(inbox.state, "received"));
      return rows[0]?.at ?? null;
    },
    /** The message that stands in the place of its answer, or is its answer. */
    async standing(id: number): Promise<number | null> {
      return (await db.select({ at: inbox.replyId }).from(inbox).where(eq(inbox.id, id)))[0]?.at ?? null;
    },
    /** Whether a message has been worked off, with or without success. */
    async settled(id: number): Promise<boolean> {
      const rows = await db.select({ state: inbox.state }).from(inbox).where(eq(inbox.id, id));
      return rows[0]?.state !== "received";
    },
    /** How many messages were set aside because they could not be worked off. */
    async setAside(): Promise<number> {
      const rows = await db.select({ n: count() }).from(inbox).where(eq(inbox.state, "failed"));
      return rows[0]?.n ?? 0;
    },
    /** What had its effect but whose answer was never finished: it failed, or the bot stopped in between. Oldest first. */
    async unanswered(platform: PlatformName): Promise<Inbound[]> {
      return unanswered({ platform });
    },
  };
}

export function inboxWrites(db: Db) {
  const insert = prepared(() =>
    db
      .insert(inbox)
      .values(given("platform", "externalId", "payload", "receivedAt"))
      .onConflictDoNothing()
      .returning(),
  );
  const takeEffect = prepared(() =>
    db
      .update(inbox)
      // Failures before don't count any more: from here on it is either answered or still to be.
      .set({ state: "done", attempts: 0 })
      .where(and(eq(inbox.id, sql.placeholder("id")), eq(inbox.state, "received")))
      .returning({ id: inbox.id }),
  );
  const finish = prepared(() =>
    db
      .update(inbox)
      .set({
        state: sql`${sql.placeholder("state")}`,
        replyId: sql`${sql.placeholder("replyId")}`,
        attempts: sql`${inbox.attempts} + 1`,
        payload: sql`case when ${inbox.passing} then '{}' else ${inbox.payload} end`,
      })
      .where(eq(inbox.id, sql.placeholder("id"))),
  );
  return {
    /** Records what came in. @returns the new row, or null when this id is already known. */
    async receive(row: {
      platform: PlatformName;
      externalId: string;
      payload: string;
      receivedAt: EpochMs;
    }): Promise<Inbound | null> {
      return (await insert(row))[0] ?? null;
    },
    /**
     * Claims the one effect that an inbound message may have, in the transaction of that effect.
     * @returns false when it has had its effect before.
     */
    async takeEffect(id: number): Promise<boolean> {
      return (await takeEffect({ id })).length === 1;
    },
    /** A stranger's message, one of a flood, or a group's own talk: once it is answered nothing of what it said is kept. */
    async letPass(id: number): Promise<void> {
      await db.update(inbox).set({ passing: true }).where(eq(inbox.id, id));
    },
    /** Counts a failed attempt; the row waits on, so that it is answered after the next start. What had its effect is left alone. */
    async failedOnce(id: number): Promise<void> {
      await db
        .update(inbox)
        .set({ attempts: sql`${inbox.attempts} + 1` })
        .where(and(eq(inbox.id, id), eq(inbox.state, "received")));
    },
    /**
     * In a restored database: what waited for its effect may have had it since, and its sender an answer. It is set aside,
     * and no answer is made up for. @returns how many were set aside.
     */
    async setAllAside(): Promise<number> {
      await db.update(inbox).set({ attempts: 1 }).where(isUnanswered);
      const rows = await db
        .update(inbox)
        .set({ state: "failed" })
        .where(eq(inbox.state, "received"))
        .returning({ id: inbox.id });
      return rows.length;
    },
    /** A message stands in the place of its answer, until there is one. */
    async stands(id: number, messageId: number): Promise<void> {
      await db.update(inbox).set({ replyId: messageId }).where(eq(inbox.id, id));
    },
    /** What had its effect has had its word, too. */
    async answered(id: number): Promise<void> {
      await db
        .update(inbox)
        .set({ attempts: 1 })
        .where(and(eq(inbox.id, id), isUnanswered));
    },
    async finish(id: number, state: "done" | "failed", replyId: number | null): Promise<void> {
      await finish({ id, state, replyId });
    },
  };
}
