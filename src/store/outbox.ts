import {
  and,
  asc,
  between,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  max,
  ne,
  or,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { EpochMs, IssueId, PersonId } from "../domain/ids.ts";
import type { PlatformName } from "./inbox.ts";
import type { Db } from "./open.ts";
import { AGAIN, chaseReads, chaseWrites, isChased, sentAgainIn } from "./outbox-chases.ts";
import { FOLD, foldReads, foldWrites } from "./outbox-folds.ts";
import { outboxMoves, REPLACED } from "./outbox-moves.ts";
import { placeMoves } from "./outbox-places.ts";
import { cardIn, cardWrites, deliveriesIn, deliveryRow, itsCard, type OutboxRow } from "./outbox-row.ts";
import { given, prepared, preparedForEach } from "./prepared.ts";
import { OUTBOX_STATES } from "./schema/columns.ts";
import { account, chat, issueNotice, message, outbox, outboxCard, person } from "./schema.ts";

export type { OutboxRow } from "./outbox-row.ts";

/** How the keys of lists of several issues begin. */
export const LISTED = "issues/";

/** card: may be edited and retried freely; must-arrive: retried after doubt; must-not-repeat: doubt goes to a human. */
export type DeliveryClass = OutboxRow["class"];

/** A card as the store sees it: data with a title and perhaps a subject. */
export type StoredCard = { title: string; subject?: string };

export type Delivery = {
  /** Two deliveries with one key are one delivery. */
  key: string;
  /** A person, on the platform of their choice or at one account of theirs; or a bound group. */
  to: { personId: PersonId; accountId?: number } | { chatId: number };
  /** Goes to a person on this platform and no other, whatever they have chosen. */
  via?: PlatformName;
  class: DeliveryClass;
  card: StoredCard;
  /** The card as JSON, where the caller has written it for another one already. */
  text?: string;
  job?: string;
  slot?: EpochMs;
  /** The message of the inbox that brings it about, where the transaction is none of that message's own. */
  causedBy?: number;
  /** Goes out with whatever else the person gets at this time, as one message; what must arrive never waits. */
  together?: true;
  /** Why it can't wait for a digest, and so doesn't count against what one person may be sent in a week; what counts may wait. */
  uncounted?: NonNullable<OutboxRow["uncounted"]>;
};

/** What somebody was sent: the message that brought it, and the platform that it stands on; null where it stands nowhere. */
export type SentNotice = {
  title: string;
  row: OutboxRow;
  platform: PlatformName | null;
  /** The same, sent once more to another platform of its reader's. */
  again: { row: OutboxRow; platform: PlatformName | null } | null;
};

/**
 * A delivery that is due, with the platform that it goes to, and its lane: the person's chat or the group in which it keeps
 * its place.
 */
export type Due = OutboxRow & { platform: PlatformName; lane: string };

export function outboxReads(db: Db) {
  // An edit goes to where the message stands, whatever platform its reader has chosen since.
  const goesTo = sql<PlatformName>`coalesce(${message.platform}, ${outbox.via}, ${chat.platform}, ${account.platform}, ${person.pushPlatform})`;
  const lane = sql<string>`coalesce('chat/' || ${outbox.chatId}, 'person/' || ${outbox.personId})`;
  const audience = sql<string>`coalesce(${person.name}, ${chat.title}, ${chat.platform} || '群 ' || ${chat.chatKey})`;
  const dueThrough = preparedForEach((platforms: readonly PlatformName[]) =>
    db
      .select({ row: deliveryRow, platform: goesTo, lane })
      .from(outbox)
      .leftJoin(outboxCard, itsCard)
      .leftJoin(person, eq(person.id, outbox.personId))
      .leftJoin(chat, eq(chat.id, outbox.chatId))
      .leftJoin(account, eq(account.id, outbox.accountId))
      .leftJoin(message, and(eq(message.id, outbox.messageId), eq(outbox.kind, "edit")))
      .where(
        and(
          inArray(outbox.state, ["pending", "ambiguous"]),
          lte(outbox.nextAttemptAt, sql.placeholder("now")),
          sql`${lane} not in (select value from json_each(${sql.placeholder("without")}))`,
          inArray(goesTo, [...platforms]),
        ),
      )
      .orderBy(desc(eq(outbox.kind, "edit")), asc(outbox.nextAttemptAt), asc(outbox.id))
      .limit(sql.placeholder("limit")),
  );
  const sentAgain = sentAgainIn(db);
  const isTroubled = and(inArray(outbox.state, ["failed", "ambiguous"]), eq(outbox.kind, "post"));
  const troubled = prepared(() => db.select({ n: count() }).from(outbox).where(isTroubled));
  const newestId = prepared(() => db.select({ id: max(outbox.id) }).from(outbox));
  const byKey = prepared(() =>
    deliveriesIn(db)
      .where(eq(outbox.key, sql.placeholder("key")))
      .limit(1),
  );
  /** Deliveries with their recipients' names. */
  const named = () =>
    db
      .select({ row: deliveryRow, audience })
      .from(outbox)
      .leftJoin(outboxCard, itsCard)
      .leftJoin(person, eq(person.id, outbox.personId))
      .leftJoin(chat, eq(chat.id, outbox.chatId));
  const after = prepared(() =>
    named()
      .where(and(gt(outbox.id, sql.placeholder("id")), eq(outbox.kind, "post"), ne(outbox.state, "folded")))
      .orderBy(asc(outbox.id)),
  );
  return {
    ...foldReads(db),
    ...chaseReads(db),
    async newestId(): Promise<number> {
      return (await newestId())[0]?.id ?? 0;
    },
    async find(key: string): Promise<OutboxRow | null> {
      return (await byKey({ key }))[0] ?? null;
    },
    /** Messages written after row `id`, in order, with the recipient's name; what went out as a part of another is none. */
    async after(id: number) {
      return after({ id });
    },
    /**
     * What is due at `now` (ms UTC of the machine's clock) that goes to one of `platforms`: what stands wrong in a chat first,
     * then the oldest; nothing of the lanes `without`.
     */
    async due(
      now: EpochMs,
      limit: number,
      platforms: readonly PlatformName[],
      without: readonly string[] = [],
    ): Promise<Due[]> {
      const rows = await dueThrough(platforms, { now, limit, without: JSON.stringify(without) });
      return rows.map(({ row, ...where }) => ({ ...row, ...where }));
    },
    /** Deliveries that need a human: given up, or in doubt; the newest first, `limit` of them behind the first `offset`. */
    async troubled(limit: number, offset = 0) {
      return named().where(isTroubled).orderBy(desc(outbox.id)).limit(limit).offset(offset);
    },
    /** Whom one notice of a job has not reached, or perhaps not: what it sent for one slot, or else at one moment. */
    async troubledOf(job: string, { slot, createdAt }: Pick<OutboxRow, "slot" | "createdAt">) {
      const isOfIt =
        slot === null ? and(isNull(outbox.slot), eq(outbox.createdAt, createdAt)) : eq(outbox.slot, slot);
      return named()
        .where(and(isTroubled, eq(outbox.job, job), isOfIt))
        .orderBy(asc(outbox.id));
    },
    /** One delivery by its number, with its recipient's name. */
    async numbered(id: number) {
      return (await named().where(and(eq(outbox.id, id), eq(outbox.kind, "post"))))[0] ?? null;
    },
    /**
     * The newest post of a job within slots [from, to] (ms UTC) as one person was sent it, or else as somebody of the same
     * region was, to be read again by whoever came later. `regions` null: somebody without one.
     */
    async newestOfJob(
      job: string,
      [from, to]: readonly [number, number],
      { id, regions }: { id: number; regions: readonly string[] | null },
    ): Promise<OutboxRow | null> {
      const isOwn = eq(outbox.personId, id);
      const isAlike = regions === null ? isNull(person.regionId) : inArray(person.regionId, [...regions]);
      const rows = await db
        .select({ row: deliveryRow })
        .from(outbox)
        .leftJoin(outboxCard, itsCard)
        .innerJoin(person, eq(person.id, outbox.personId))
        .where(
          and(
            eq(outbox.job, job),
            between(outbox.slot, from, to),
            eq(outbox.kind, "post"),
            sql`${outbox.key} not like ${`${FOLD}%`}`,
            or(isOwn, isAlike),
          ),
        )
        .orderBy(desc(outbox.slot), desc(isOwn), asc(outbox.id))
        .limit(1);
      return rows[0]?.row ?? null;
    },
    /** Messages that have gone out about something, as parts of others and in lists too; each person's newest. */
    async about(what: { subject: string } | { issue: { id: IssueId; no: string } }): Promise<SentNotice[]> {
      const [whole, wholeCard] = [alias(outbox, "whole"), alias(outboxCard, "whole_card")];
      const isAbout =
        "subject" in what
          ? eq(outbox.subject, what.subject)
          : or(
              eq(outbox.subject, `issue:${what.issue.id}`),
              // A list of new ones holds their numbers; one of what has fallen due is noted with each of them.
              and(like(outbox.key, `${LISTED}%`), like(outboxCard.card, `%"${what.issue.no}"%`)),
              inArray(
                outbox.id,
                db
                  .select({ id: issueNotice.outboxId })
                  .from(issueNotice)
                  .where(eq(issueNotice.issueId, what.issue.id)),
              ),
            );
      const rows = await db
        .select({ row: deliveryRow, whole, card: cardIn(wholeCard, whole), platform: message.platform })
        .from(outbox)
        .leftJoin(outboxCard, itsCard)
        .leftJoin(whole, eq(whole.id, outbox.foldedInto))
        .leftJoin(wholeCard, eq(wholeCard.outboxId, whole.id))
        .leftJoin(message, eq(message.outboxId, sql`coalesce(${outbox.foldedInto}, ${outbox.id})`))
        .where(
          and(
            isAbout,
            eq(outbox.kind, "post"),
            isNotNull(outbox.personId),
            sql`${outbox.key} not like ${`${AGAIN}%`}`,
          ),
        )
        .orderBy(asc(outbox.id));
      const sent: SentNotice[] = [];
      for (const { row, whole, card, platform } of rows)
        sent.push({
          title: row.title,
          row: whole === null ? row : { ...whole, card },
          platform,
          again: row.chased > 0 ? await sentAgain(row.id) : null,
        });
      return [...new Map(sent.map((one) => [one.row.personId, one])).values()];
    },
    /** What bound groups have got about something, or are about to get. */
    async toGroupsAbout(subject: string): Promise<{ row: OutboxRow; chat: typeof chat.$inferSelect }[]> {
      return db
        .select({ row: deliveryRow, chat })
        .from(outbox)
        .leftJoin(outboxCard, itsCard)
        .innerJoin(chat, eq(chat.id, outbox.chatId))
        .where(and(eq(outbox.subject, subject), eq(outbox.kind, "post"), eq(chat.active, true)))
        .orderBy(asc(outbox.id));
    },
    /** How many deliveries need a human. */
    async countTroubled(): Promise<number> {
      return (await troubled())[0]?.n ?? 0;
    },
    /** How many messages there are in each state; redrawings, which the next one replaces, are none. */
    async countByState(): Promise<Record<OutboxRow["state"], number>> {
      const rows = await db
        .select({ state: outbox.state, n: count() })
        .from(outbox)
        .where(eq(outbox.kind, "post"))
        .groupBy(outbox.state);
      const none = Object.fromEntries(OUTBOX_STATES.map((state) => [state, 0]));
      return { ...none, ...Object.fromEntries(rows.map((r) => [r.state, r.n])) } as Record<
        OutboxRow["state"],
        number
      >;
    },
  };
}

export function outboxWrites(db: Db) {
  const insert = prepared(() =>
    db
      .insert(outbox)
      .values({
        ...given("key", "personId", "accountId", "chatId", "via", "class", "title"),
        ...given(
          "job",
          "slot",
          "createdAt",
          "subject",
          "state",
          "foldAt",
          "uncounted",
          "chaseAt",
          "causedBy",
        ),
      })
      .onConflictDoNothing()
      .returning({ id: outbox.id }),
  );
  const showing = prepared(() =>
    db
      .select({ id: message.id, personId: message.personId, outboxId: message.outboxId })
      .from(message)
      .where(and(eq(message.subject, sql.placeholder("subject")), eq(message.direction, "out")))
      .orderBy(asc(message.id)),
  );
  const insertEdit = prepared(() =>
    db
      .insert(outbox)
      .values({
        ...given("key", "personId", "chatId", "title", "messageId", "createdAt"),
        kind: "edit",
        class: "card",
      })
      .onConflictDoNothing()
      .returning({ id: outbox.id }),
  );
  const putCard = cardWrites(db);
  const replaceOlder = prepared(() =>
    db
      .update(outbox)
      .set(REPLACED)
      .where(
        and(
          eq(outbox.messageId, sql.placeholder("messageId")),
          eq(outbox.kind, "edit"),
          lt(outbox.id, sql.placeholder("id")),
          inArray(outbox.state, ["pending", "ambiguous"]),
        ),
      ),
  );
  const writes = {
    ...outboxMoves(db),
    ...placeMoves(db),
    ...foldWrites(db),
    ...chaseWrites(db),
    /** Queues a delivery in the caller's transaction. @returns false when its key was queued before. */
    async queue(delivery: Delivery, at: EpochMs): Promise<boolean> {
      const { card, to, together, text = JSON.stringify(card), ...row } = delivery;
      const waits = together === true && "personId" in to && row.class !== "must-arrive";
      const [added] = await insert({
        personId: null,
        accountId: null,
        chatId: null,
        via: null,
        job: null,
        slot: null,
        uncounted: null,
        causedBy: null,
        ...row,
        ...to,
        state: waits ? "waiting" : "pending",
        foldAt: waits ? at : null,
        chaseAt: "personId" in to && isChased(delivery) ? at : null,
        title: card.title,
        subject: card.subject ?? null,
        createdAt: at,
      });
      if (added === undefined) return false;
      putCard(added.id, text);
      return true;
    },
    /** Everything queued after row `id` was brought about by this message. */
    async causedBy(id: number, inbound: number): Promise<void> {
      await db.update(outbox).set({ causedBy: inbound }).where(gt(outbox.id, id));
    },
    /** Queues the redrawing of a message that shows something that has changed. Older edits that nobody is making are replaced. */
    async queueEdit(
      edit: { messageId: number; card: StoredCard; version: number | string } & (
        | { personId: PersonId }
        | { chatId: number }
      ),
      at: EpochMs,
    ): Promise<void> {
      const { messageId, card, version, ...to } = edit;
      const [added] = await insertEdit({
        key: `edit/${messageId}/${version}`,
        personId: null,
        chatId: null,
        ...to,
        title: card.title,
        messageId,
        createdAt: at,
      });
      if (added === undefined) return;
      putCard(added.id, JSON.stringify(card));
      await replaceOlder({ messageId, id: added.id });
    },
    /**
     * Says something else in a delivery that was queued before under `key`: in its card while nobody is sending it, otherwise
     * in the message where it stands. `version` tells this drawing from others.
     */
    async redraw(key: string, card: StoredCard, version: string, at: EpochMs): Promise<void> {
      const waits = inArray(outbox.state, ["waiting", "pending"]);
      const [redrawn] = await db
        .update(outbox)
        // A round that has it before it with the old card doesn't send that any more.
        .set({ title: card.title, claim: sql`${outbox.claim} + 1` })
        .where(and(eq(outbox.key, key), waits))
        .returning({ id: outbox.id });
      if (redrawn !== undefined) {
        putCard(redrawn.id, JSON.stringify(card));
        return;
      }
      const [stands] = await db
        .select({ messageId: message.id, personId: message.personId, chatId: outbox.chatId })
        .from(message)
        .innerJoin(outbox, eq(outbox.id, message.outboxId))
        .where(eq(outbox.key, key));
      const { messageId = 0, personId = null, chatId = null } = stands ?? {};
      if (personId !== null) await writes.queueEdit({ messageId, personId, card, version }, at);
      else if (chatId !== null) await writes.queueEdit({ messageId, chatId, card, version }, at);
    },
    /** Messages in people's chats that show `subject`; without `outboxId` it is an answer to somebody who asked. */
    async showing(subject: string) {
      return showing({ subject });
    },
  };
  return writes;
}
