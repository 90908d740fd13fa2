import { and, asc, count, desc, eq, gt, inArray, lte, max, ne, sql } from "drizzle-orm";
import type { Platform } from "./inbox.ts";
import type { Db } from "./open.ts";
import { chat, message, outbox, person } from "./schema.ts";

export type OutboxRow = typeof outbox.$inferSelect;
/** card: may be edited and retried freely; must-arrive: retried after doubt; must-not-repeat: doubt goes to a human. */
export type DeliveryClass = OutboxRow["class"];

/** A card as the store sees it: data with a title and perhaps a subject. */
export type StoredCard = { title: string; subject?: string };

export type Delivery = {
  /** Two deliveries with one key are one delivery. */
  key: string;
  to: { personId: number } | { chatId: number };
  /** Goes to a person on this platform and no other, whatever they have chosen. */
  via?: Platform;
  class: DeliveryClass;
  card: StoredCard;
  job?: string;
  slot?: number;
};

/** A delivery that is due, with the platform that it goes to. */
export type Due = OutboxRow & { platform: Platform };

export function outboxReads(db: Db) {
  // An edit goes to where the message stands, whatever platform its reader has chosen since.
  const goesTo = sql<Platform>`coalesce(${message.platform}, ${outbox.via}, ${chat.platform}, ${person.pushPlatform})`;
  const audience = sql<string>`coalesce(${person.name}, ${chat.platform} || '群 ' || ${chat.chatKey})`;
  return {
    async newestId(): Promise<number> {
      return (await db.select({ id: max(outbox.id) }).from(outbox))[0]?.id ?? 0;
    },
    /** Deliveries written after row `id`, in order, with the recipient's name. */
    async after(id: number) {
      return db
        .select({ row: outbox, audience })
        .from(outbox)
        .leftJoin(person, eq(person.id, outbox.personId))
        .leftJoin(chat, eq(chat.id, outbox.chatId))
        .where(and(gt(outbox.id, id), eq(outbox.kind, "post")))
        .orderBy(asc(outbox.id));
    },
    /** What is due at `now` (ms UTC of the machine's clock) that goes to one of `platforms`: what stands wrong in a chat first, then the oldest. */
    async due(now: number, limit: number, platforms: readonly Platform[]): Promise<Due[]> {
      const rows = await db
        .select({ row: outbox, platform: goesTo })
        .from(outbox)
        .leftJoin(person, eq(person.id, outbox.personId))
        .leftJoin(chat, eq(chat.id, outbox.chatId))
        .leftJoin(message, and(eq(message.id, outbox.messageId), eq(outbox.kind, "edit")))
        .where(
          and(
            inArray(outbox.state, ["pending", "ambiguous"]),
            lte(outbox.nextAttemptAt, now),
            inArray(goesTo, [...platforms]),
          ),
        )
        .orderBy(desc(eq(outbox.kind, "edit")), asc(outbox.nextAttemptAt), asc(outbox.id))
        .limit(limit);
      return rows.map(({ row, platform }) => ({ ...row, platform }));
    },
    /** Deliveries that need a human: given up, or in doubt for good. */
    async troubled(limit: number) {
      return db
        .select({ row: outbox, audience })
        .from(outbox)
        .leftJoin(person, eq(person.id, outbox.personId))
        .leftJoin(chat, eq(chat.id, outbox.chatId))
        .where(and(inArray(outbox.state, ["failed", "ambiguous"]), eq(outbox.kind, "post")))
        .orderBy(desc(outbox.id))
        .limit(limit);
    },
    /** How many deliveries need a human. */
    async countTroubled(): Promise<number> {
      const rows = await db
        .select({ n: count() })
        .from(outbox)
        .where(and(inArray(outbox.state, ["failed", "ambiguous"]), eq(outbox.kind, "post")));
      return rows[0]?.n ?? 0;
    },
    async countByState(): Promise<Record<OutboxRow["state"], number>> {
      const rows = await db.select({ state: outbox.state, n: count() }).from(outbox).groupBy(outbox.state);
      return {
        pending: 0,
        sending: 0,
        sent: 0,
        failed: 0,
        ambiguous: 0,
        ...Object.fromEntries(rows.map((r) => [r.state, r.n])),
      };
    },
  };
}

export function outboxWrites(db: Db) {
  // What one worker has sent, another that failed to must not set back.
  const unsent = (id: number) => and(eq(outbox.id, id), ne(outbox.state, "sent"));
  return {
    /** Queues a delivery in the caller's transaction. @returns false when its key was queued before. */
    async queue(delivery: Delivery, at: number): Promise<boolean> {
      const { card, to, ...row } = delivery;
      const added = await db
        .insert(outbox)
        .values({ ...row, ...to, title: card.title, card: JSON.stringify(card), createdAt: at })
        .onConflictDoNothing()
        .returning({ id: outbox.id });
      return added.length === 1;
    },
    /** Queues the redrawing of a message that shows something that has changed. An older edit still waiting is replaced. */
    async queueEdit(
      edit: { messageId: number; personId: number; card: StoredCard; version: number | string },
      at: number,
    ): Promise<void> {
      await db
        .update(outbox)
        .set({ state: "failed", lastError: "superseded by a newer edit" })
        .where(
          and(eq(outbox.messageId, edit.messageId), eq(outbox.kind, "edit"), eq(outbox.state, "pending")),
        );
      await db
        .insert(outbox)
        .values({
          key: `edit/${edit.messageId}/${edit.version}`,
          kind: "edit",
          personId: edit.personId,
          class: "card",
          title: edit.card.title,
          card: JSON.stringify(edit.card),
          messageId: edit.messageId,
          createdAt: at,
        })
        .onConflictDoNothing();
    },
    /**
     * Marks a waiting row as being sent, before the platform is asked: after a crash it is in doubt, not forgotten.
     * @returns false when it no longer waits: somebody else is sending it, or has.
     */
    async claim(id: number): Promise<boolean> {
      const rows = await db
        .update(outbox)
        .set({ state: "sending", attempts: sql`${outbox.attempts} + 1` })
        .where(and(eq(outbox.id, id), eq(outbox.state, "pending")))
        .returning({ id: outbox.id });
      return rows.length === 1;
    },
    async sent(id: number, at: number): Promise<void> {
      await db.update(outbox).set({ state: "sent", sentAt: at, lastError: null }).where(eq(outbox.id, id));
    },
    /** To be tried (again) at `nextAttemptAt`; `attempts` is how often it has been tried so far. */
    async retry(id: number, nextAttemptAt: number, why: string, attempts: number): Promise<void> {
      await db
        .update(outbox)
        .set({ state: "pending", nextAttemptAt, lastError: why, attempts })
        .where(unsent(id));
    },
    /** Lets a delivery that nobody is sending wait until `nextAttemptAt`; no attempt is counted. */
    async hold(id: number, nextAttemptAt: number, why: string): Promise<void> {
      await db
        .update(outbox)
        .set({ nextAttemptAt, lastError: why })
        .where(and(eq(outbox.id, id), eq(outbox.state, "pending")));
    },
    /** A human sends a failed or doubtful delivery once more. @returns false when it is neither any longer. */
    async resend(id: number, why: string): Promise<boolean> {
      const rows = await db
        .update(outbox)
        .set({ state: "pending", nextAttemptAt: 0, attempts: 0, lastError: why })
        .where(and(eq(outbox.id, id), inArray(outbox.state, ["failed", "ambiguous"])))
        .returning({ id: outbox.id });
      return rows.length === 1;
    },
    /** Ends a delivery that will never be accepted. @returns false when it had ended before. */
    async giveUp(id: number, state: "failed", error: string): Promise<boolean> {
      const rows = await db
        .update(outbox)
        .set({ state, lastError: error })
        .where(and(unsent(id), ne(outbox.state, state)))
        .returning({ id: outbox.id });
      return rows.length === 1;
    },
    /** Nobody knows whether the platform has it: to be looked for at `nextAttemptAt`. */
    async doubt(id: number, nextAttemptAt: number, why: string): Promise<void> {
      await db.update(outbox).set({ state: "ambiguous", nextAttemptAt, lastError: why }).where(unsent(id));
    },
    /** In doubt for good: listed for a human, never sent again by itself. @returns false when it was left so before. */
    async leaveInDoubt(id: number, why: string): Promise<boolean> {
      const rows = await db
        .update(outbox)
        .set({ state: "ambiguous", nextAttemptAt: Number.MAX_SAFE_INTEGER, lastError: why })
        .where(and(unsent(id), ne(outbox.nextAttemptAt, Number.MAX_SAFE_INTEGER)))
        .returning({ id: outbox.id });
      return rows.length === 1;
    },
    /**
     * In a restored database: what isn't settled may have been since, and is left in doubt for good. An edit ends; whatever
     * changes next draws its message anew. @returns how many deliveries are in doubt now that were not before.
     */
    async leaveAllInDoubt(why: string): Promise<number> {
      const unsettled = inArray(outbox.state, ["pending", "sending", "ambiguous"]);
      await db
        .update(outbox)
        .set({ state: "failed", lastError: why })
        .where(and(eq(outbox.kind, "edit"), unsettled));
      const rows = await db
        .update(outbox)
        .set({ state: "ambiguous", nextAttemptAt: Number.MAX_SAFE_INTEGER, lastError: why })
        .where(and(unsettled, ne(outbox.nextAttemptAt, Number.MAX_SAFE_INTEGER)))
        .returning({ id: outbox.id });
      return rows.length;
    },
    /** Rows that a crash left between asking the platform and hearing its answer. */
    async inDoubt(): Promise<OutboxRow[]> {
      return db.select().from(outbox).where(eq(outbox.state, "sending")).orderBy(asc(outbox.id));
    },
    /** Messages in people's chats that show `subject`. */
    async showing(subject: string) {
      return db
        .select({ id: message.id, personId: message.personId })
        .from(message)
        .where(and(eq(message.subject, subject), eq(message.direction, "out")))
        .orderBy(asc(message.id));
    },
  };
}
