import { and, asc, desc, eq, gt, lt, max, type SQL, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { PlatformName } from "./inbox.ts";
import type { Db } from "./open.ts";
import type { OutboxRow, StoredCard } from "./outbox.ts";
import { given, prepared } from "./prepared.ts";
import { message } from "./schema.ts";

export type MessageRow = typeof message.$inferSelect;
/** Whose conversation: a linked person's, or an unlinked visitor's by the platform's own key. */
export type Conversation = { personId: PersonId } | { chat: string };

export type NewMessage = {
  platform: PlatformName;
  conversation: Conversation;
  direction: "in" | "out";
  text?: string;
  card?: StoredCard;
  externalId?: string;
  outboxId?: number;
  at: EpochMs;
};

const within = (conversation: Conversation) =>
  "personId" in conversation
    ? eq(message.personId, conversation.personId)
    : eq(message.chat, conversation.chat);

export function messageReads(db: Db) {
  const newestOf = (whose: SQL) =>
    prepared(() =>
      db
        .select()
        .from(message)
        .where(
          and(
            eq(message.platform, sql.placeholder("platform")),
            whose,
            lt(message.id, sql.placeholder("before")),
          ),
        )
        .orderBy(desc(message.id))
        .limit(sql.placeholder("limit")),
    );
  const ofPerson = newestOf(eq(message.personId, sql.placeholder("personId")));
  const ofVisitor = newestOf(eq(message.chat, sql.placeholder("chat")));
  return {
    async byId(id: number): Promise<MessageRow | null> {
      return (await db.select().from(message).where(eq(message.id, id)))[0] ?? null;
    },
    /** The newest `limit` messages before message `before`, oldest first. */
    async history(
      platform: PlatformName,
      conversation: Conversation,
      limit: number,
      before?: number,
    ): Promise<MessageRow[]> {
      const asked = { platform, limit, before: before ?? Number.MAX_SAFE_INTEGER, ...conversation };
      const rows = await ("personId" in conversation ? ofPerson(asked) : ofVisitor(asked));
      return rows.reverse();
    },
    /** Messages of the conversation that were added or redrawn after `revision`. */
    async changedSince(
      platform: PlatformName,
      conversation: Conversation,
      revision: number,
    ): Promise<MessageRow[]> {
      return db
        .select()
        .from(message)
        .where(and(eq(message.platform, platform), within(conversation), gt(message.revision, revision)))
        .orderBy(asc(message.id));
    },
    /** The same of all conversations together. */
    async changedAfter(platform: PlatformName, revision: number): Promise<MessageRow[]> {
      return db
        .select()
        .from(message)
        .where(and(eq(message.platform, platform), gt(message.revision, revision)))
        .orderBy(asc(message.id));
    },
    async newestId(): Promise<number> {
      return (await db.select({ newest: max(message.id) }).from(message))[0]?.newest ?? 0;
    },
    async newestRevision(): Promise<number> {
      return (await db.select({ newest: max(message.revision) }).from(message))[0]?.newest ?? 0;
    },
  };
}

export function messageWrites(db: Db) {
  const nextRevision = sql<number>`(select coalesce(max(revision), 0) + 1 from message)`;
  const insert = prepared(() =>
    db
      .insert(message)
      .values({
        ...given("platform", "personId", "chat", "externalId", "direction"),
        ...given("text", "card", "subject", "outboxId", "at"),
        revision: nextRevision,
      })
      .returning({ id: message.id, revision: message.revision }),
  );
  const insertReceipt = prepared(() =>
    db
      .insert(message)
      .values({
        ...given("platform", "personId", "chat", "externalId"),
        ...given("subject", "outboxId", "at"),
        direction: "out",
        revision: nextRevision,
      })
      .onConflictDoNothing(),
  );
  const setSubject = prepared(() =>
    db
      .update(message)
      .set({ subject: sql`${sql.placeholder("subject")}` })
      .where(eq(message.id, sql.placeholder("id"))),
  );
  const setCard = prepared(() =>
    db
      .update(message)
      .set({
        card: sql`${sql.placeholder("card")}`,
        subject: sql`${sql.placeholder("subject")}`,
        revision: nextRevision,
      })
      .where(eq(message.id, sql.placeholder("id"))),
  );
  return {
    async add(row: NewMessage): Promise<MessageRow> {
      const { conversation, card, ...rest } = row;
      const added = {
        personId: null,
        chat: null,
        externalId: null,
        text: null,
        outboxId: null,
        ...rest,
        ...conversation,
        card: card ? JSON.stringify(card) : null,
        subject: card?.subject ?? null,
      };
      const [numbered] = await insert(added);
      return { ...added, ...numbered } as MessageRow;
    },
    /**
     * Keeps where a delivery stands on its platform, so that a later edit finds it; an edit's own receipt changes nothing. Its
     * card stays where it is, with the delivery: a second copy would be most of what a notice costs the disk.
     */
    async receipt(delivery: {
      row: OutboxRow;
      platform: PlatformName;
      chat: string;
      externalId: string;
      at: EpochMs;
    }): Promise<void> {
      const { row, ...where } = delivery;
      if (row.kind === "edit") return;
      await insertReceipt({
        ...where,
        personId: row.personId,
        subject: row.subject,
        outboxId: row.id,
      });
    },
    /**
     * Keeps where a reply about `card.subject` stands on its platform, so that it is redrawn when the subject changes. The
     * card itself isn't kept: a reply may hold what is stored nowhere, such as an invitation's code.
     */
    async shown(reply: {
      platform: PlatformName;
      personId: PersonId;
      chat: string;
      externalId: string;
      card: StoredCard;
      at: EpochMs;
    }): Promise<void> {
      const { card, ...where } = reply;
      await db.insert(message).values({
        ...where,
        direction: "out",
        subject: card.subject ?? null,
        revision: nextRevision,
      });
    },
    /** A message that could no longer be edited was sent again: from now on it stands there. */
    async moved(id: number, chat: string, externalId: string): Promise<void> {
      await db.update(message).set({ chat, externalId }).where(eq(message.id, id));
    },
    /** Nothing is shown by it any more: no later change of its subject draws it anew. */
    async release(id: number): Promise<void> {
      await setSubject({ id, subject: null });
    },
    /** Draws a message anew where it stands. */
    async redraw(id: number, card: StoredCard): Promise<void> {
      await setCard({ id, card: JSON.stringify(card), subject: card.subject ?? null });
    },
  };
}
