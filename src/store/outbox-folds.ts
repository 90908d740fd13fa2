import { and, asc, count, eq, gte, inArray, isNotNull, isNull, lt, lte, max, or, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { cardWrites, deliveriesIn, type OutboxRow } from "./outbox-row.ts";
import { given, prepared } from "./prepared.ts";
import { outbox } from "./schema.ts";

/** Nothing that was held up for longer is looked for: a month. */
const HELD_UP_MS = 31 * 86_400_000;

/** Keys of messages that are made of several begin so. */
export const FOLD = "fold/";

/** What waits for others of the same person, goes out as one message with them, and what each person has been sent so far. */
export function foldReads(db: Db) {
  const counted = prepared(() =>
    db
      .select({ n: count() })
      .from(outbox)
      .where(
        and(
          eq(outbox.personId, sql.placeholder("personId")),
          gte(outbox.createdAt, sql.placeholder("earliest")),
          or(
            gte(outbox.createdAt, sql.placeholder("since")),
            gte(outbox.sentAt, sql.placeholder("since")),
            inArray(outbox.state, ["pending", "sending"]),
          ),
          isCounted,
        ),
      ),
  );
  const lastOf = prepared(() =>
    db
      .select({ at: max(outbox.createdAt) })
      .from(outbox)
      .where(and(eq(outbox.personId, sql.placeholder("personId")), eq(outbox.job, sql.placeholder("job")))),
  );
  const isDue = and(eq(outbox.state, "waiting"), lte(outbox.foldAt, sql.placeholder("now")));
  const waitFor = prepared(() =>
    db.selectDistinct({ personId: outbox.personId }).from(outbox).where(isDue).orderBy(asc(outbox.personId)),
  );
  const waiting = prepared(() => deliveriesIn(db).where(isDue).orderBy(asc(outbox.personId), asc(outbox.id)));
  const waitingFor = prepared(() =>
    deliveriesIn(db)
      .where(and(eq(outbox.personId, sql.placeholder("personId")), eq(outbox.state, "waiting")))
      .orderBy(asc(outbox.id)),
  );
  const partsOf = prepared(() =>
    deliveriesIn(db)
      .where(eq(outbox.foldedInto, sql.placeholder("id")))
      .orderBy(asc(outbox.id)),
  );
  const partsShowing = prepared(() =>
    deliveriesIn(db)
      .where(
        and(eq(outbox.subject, sql.placeholder("subject")), sql`${outbox.state} in ('waiting', 'folded')`),
      )
      .orderBy(asc(outbox.id)),
  );
  const unsentShowing = prepared(() =>
    db
      .select({ key: outbox.key, personId: outbox.personId })
      .from(outbox)
      .where(
        and(eq(outbox.subject, sql.placeholder("subject")), sql`${outbox.state} in ('waiting', 'pending')`),
      )
      .orderBy(asc(outbox.id)),
  );
  return {
    /** What waits and is to be looked at by `now`, each person's in the order in which it arose. */
    async waiting(now: EpochMs): Promise<OutboxRow[]> {
      return waiting({ now });
    },
    /** Whose messages wait and are to be looked at by `now`. */
    async waitFor(now: EpochMs): Promise<PersonId[]> {
      return (await waitFor({ now })).flatMap(({ personId }) => personId ?? []);
    },
    /** What waits for a person, whenever it goes out. */
    async waitingFor(personId: PersonId): Promise<OutboxRow[]> {
      return waitingFor({ personId });
    },
    /**
     * How many messages have gone to a person since an instant, of those that count against the limit: what a stop has held up
     * counts when it goes out.
     */
    async countedSince(personId: PersonId, since: EpochMs): Promise<number> {
      return (await counted({ personId, since, earliest: since - HELD_UP_MS }))[0]?.n ?? 0;
    },
    /** Messages that went to people within [from, to), or were written then and are about to. */
    async messagesWithin(from: EpochMs, to: EpochMs) {
      const { personId, job, uncounted, createdAt, sentAt } = outbox;
      const at = sql<EpochMs>`coalesce(${sentAt}, ${createdAt})`;
      const within = and(gte(at, from), lt(at, to), gte(createdAt, from - HELD_UP_MS), lt(createdAt, to));
      return db
        .select({ personId, job, uncounted, at })
        .from(outbox)
        .where(and(within, wentOut, isNotNull(personId)));
    },
    /** When the newest delivery of a job to a person was written; null when there is none. */
    async lastOf(personId: PersonId, job: string): Promise<EpochMs | null> {
      return (await lastOf({ personId, job }))[0]?.at ?? null;
    },
    /** The parts of a message, in the order in which it shows them. */
    async partsOf(id: number): Promise<OutboxRow[]> {
      return partsOf({ id });
    },
    /** Deliveries that show `subject` and wait, or went out as a part of another message; the newest of each person. */
    async partsShowing(subject: string): Promise<OutboxRow[]> {
      const rows = await partsShowing({ subject });
      return [...new Map(rows.map((row) => [row.personId, row])).values()];
    },
    /** Deliveries that show `subject` and have not gone out yet, with nobody sending them. */
    async unsentShowing(subject: string): Promise<Pick<OutboxRow, "key" | "personId">[]> {
      return unsentShowing({ subject });
    },
    /** What was written for a person since an instant as they see it piece by piece: messages, and parts of messages. */
    async piecesFor(personId: PersonId, since: EpochMs): Promise<OutboxRow[]> {
      return deliveriesIn(db)
        .where(
          and(
            eq(outbox.personId, personId),
            gte(outbox.createdAt, since),
            eq(outbox.kind, "post"),
            sql`${outbox.key} not like ${`${FOLD}%`}`,
          ),
        )
        .orderBy(asc(outbox.id));
    },
  };
}

const wentOut = and(
  eq(outbox.kind, "post"),
  inArray(outbox.state, ["pending", "sending", "sent", "ambiguous"]),
);
const isCounted = and(wentOut, isNull(outbox.uncounted));

export function foldWrites(db: Db) {
  const insert = prepared(() =>
    db
      .insert(outbox)
      .values({
        ...given("key", "personId", "class", "title", "job", "slot", "createdAt", "foldAt", "uncounted"),
      })
      .returning({ id: outbox.id }),
  );
  const putCard = cardWrites(db);
  const release = prepared(() =>
    db
      .update(outbox)
      .set({ state: "pending" })
      .where(and(eq(outbox.id, sql.placeholder("id")), eq(outbox.state, "waiting"))),
  );
  const foldInto = prepared(() =>
    db
      .update(outbox)
      .set({ state: "folded", foldedInto: sql`${sql.placeholder("whole")}` })
      .where(and(eq(outbox.id, sql.placeholder("id")), eq(outbox.state, "waiting")))
      .returning({ id: outbox.id }),
  );
  const setPart = prepared(() =>
    db
      .update(outbox)
      .set({ title: sql`${sql.placeholder("title")}` })
      .where(and(eq(outbox.id, sql.placeholder("id")), inArray(outbox.state, ["waiting", "folded"])))
      .returning({ foldedInto: outbox.foldedInto }),
  );
  return {
    /** Lets what waits, or was about to be sent, wait until `foldAt`. @returns false when it has gone out since. */
    async wait(row: Pick<OutboxRow, "id" | "claim">, foldAt: EpochMs): Promise<boolean> {
      const rows = await db
        .update(outbox)
        .set({ state: "waiting", foldAt })
        .where(
          and(
            eq(outbox.id, row.id),
            eq(outbox.claim, row.claim),
            inArray(outbox.state, ["waiting", "pending"]),
          ),
        )
        .returning({ id: outbox.id });
      return rows.length === 1;
    },
    /** Sends what waits as a message of its own. */
    async release(id: number): Promise<void> {
      await release({ id });
    },
    /** Sends what waits as the parts of one message. */
    async fold(
      parts: readonly OutboxRow[],
      into: Pick<OutboxRow, "personId" | "class" | "title" | "card" | "job" | "slot" | "uncounted">,
      at: EpochMs,
    ): Promise<void> {
      const ids = parts.map(({ id }) => id);
      const { card, ...row } = into;
      const [whole] = await insert({ ...row, key: `${FOLD}${ids[0]}`, createdAt: at, foldAt: at });
      if (whole === undefined) throw new Error(`fold of ${ids.join()} was not written`);
      putCard(whole.id, card);
      for (const id of ids)
        if ((await foldInto({ id, whole: whole.id })).length === 0)
          throw new Error(`of ${ids.join()} some don't wait any more`);
    },
    /** All that waits for a person is looked at again at once: they want it otherwise from now on. */
    async lookAgain(personId: PersonId): Promise<void> {
      await db
        .update(outbox)
        .set({ foldAt: 0 })
        .where(and(eq(outbox.personId, personId), eq(outbox.state, "waiting")));
    },
    /** A part says something else from now on. @returns the message that it is a part of, or null while it waits. */
    async redrawPart({ id }: Pick<OutboxRow, "id">, card: { title: string }): Promise<OutboxRow | null> {
      const [part] = await setPart({ id, title: card.title });
      if (part === undefined) return null;
      putCard(id, JSON.stringify(card));
      if (part.foldedInto === null) return null;
      return (await deliveriesIn(db).where(eq(outbox.id, part.foldedInto)))[0] ?? null;
    },
  };
}
