import { and, asc, count, eq, gt, inArray, lte, max, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { message, outbox, person } from "./schema.ts";

export type OutboxRow = typeof outbox.$inferSelect;
/** card: may be edited and retried freely; must-arrive: retried after doubt; must-not-repeat: doubt goes to a human. */
export type DeliveryClass = OutboxRow["class"];

/** A card as the store sees it: data with a title and perhaps a subject. */
export type StoredCard = { title: string; subject?: string };

export type Delivery = {
  /** Two deliveries with one key are one delivery. */
  key: string;
  personId: number;
  class: DeliveryClass;
  card: StoredCard;
  job?: string;
  slot?: number;
};

export function outboxReads(db: Db) {
  return {
    async newestId(): Promise<number> {
      return (await db.select({ id: max(outbox.id) }).from(outbox))[0]?.id ?? 0;
    },
    /** Deliveries written after row `id`, in order, with the recipient's name. */
    async after(id: number) {
      return db
        .select({ row: outbox, audience: person.name })
        .from(outbox)
        .innerJoin(person, eq(person.id, outbox.personId))
        .where(and(gt(outbox.id, id), eq(outbox.kind, "post")))
        .orderBy(asc(outbox.id));
    },
    /** What is due for sending at `now` (ms UTC of the machine's clock), oldest first. */
    async due(now: number, limit: number): Promise<OutboxRow[]> {
      return db
        .select()
        .from(outbox)
        .where(and(eq(outbox.state, "pending"), lte(outbox.nextAttemptAt, now)))
        .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
        .limit(limit);
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
  return {
    /** Queues a delivery in the caller's transaction. @returns false when its key was queued before. */
    async queue(delivery: Delivery, at: number): Promise<boolean> {
      const { card, ...row } = delivery;
      const added = await db
        .insert(outbox)
        .values({ ...row, title: card.title, card: JSON.stringify(card), createdAt: at })
        .onConflictDoNothing()
        .returning({ id: outbox.id });
      return added.length === 1;
    },
    /** Queues the redrawing of a message that shows something that has changed. An older edit still waiting is replaced. */
    async queueEdit(
      edit: { messageId: number; personId: number; card: StoredCard; version: number },
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
    /** Marks rows as being sent, before the platform is asked: after a crash they are in doubt, not forgotten. */
    async claim(ids: readonly number[]): Promise<void> {
      await db
        .update(outbox)
        .set({ state: "sending", attempts: sql`${outbox.attempts} + 1` })
        .where(inArray(outbox.id, [...ids]));
    },
    async sent(id: number, at: number): Promise<void> {
      await db.update(outbox).set({ state: "sent", sentAt: at, lastError: null }).where(eq(outbox.id, id));
    },
    async retry(id: number, nextAttemptAt: number, error: string): Promise<void> {
      await db
        .update(outbox)
        .set({ state: "pending", nextAttemptAt, lastError: error })
        .where(eq(outbox.id, id));
    },
    async giveUp(id: number, state: "failed" | "ambiguous", error: string): Promise<void> {
      await db.update(outbox).set({ state, lastError: error }).where(eq(outbox.id, id));
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
        .where(and(eq(message.subject, subject), eq(message.direction, "out")));
    },
  };
}
