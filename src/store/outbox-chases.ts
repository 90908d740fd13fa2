import { and, asc, eq, gt, isNotNull, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { deliveryRow, itsCard, type OutboxRow } from "./outbox-row.ts";
import { prepared } from "./prepared.ts";
import { message, outbox, outboxCard } from "./schema.ts";

/** Keys of notices that are sent once more, to another platform of their reader's, begin so. */
export const AGAIN = "again/";

/** Whether it is looked after that its reader sees a notice: what is grave, and what comes from the top of a ladder. */
export const isChased = (row: {
  class: OutboxRow["class"];
  uncounted?: OutboxRow["uncounted"];
  key: string;
}) =>
  row.class === "must-arrive" &&
  (row.uncounted === "urgent" || row.uncounted === "top-rung") &&
  !row.key.startsWith(AGAIN);

/** The row of a notice that was sent once more, and where it stands. */
export function sentAgainIn(db: Db) {
  const byKey = prepared(() =>
    db
      .select({ row: deliveryRow, platform: message.platform })
      .from(outbox)
      .leftJoin(outboxCard, itsCard)
      .leftJoin(message, eq(message.outboxId, outbox.id))
      .where(eq(outbox.key, sql.placeholder("key"))),
  );
  return async (id: number) => (await byKey({ key: `${AGAIN}${id}` }))[0] ?? null;
}

/** Notices of which it is looked whether their readers have seen them. */
export function chaseReads(db: Db) {
  const due = prepared(() =>
    db
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(isNotNull(outbox.chaseAt), lte(outbox.chaseAt, sql.placeholder("now"))))
      .orderBy(asc(outbox.id)),
  );
  const chased = prepared(() =>
    db
      .select({ row: deliveryRow, platform: message.platform })
      .from(outbox)
      .leftJoin(outboxCard, itsCard)
      .leftJoin(message, eq(message.outboxId, outbox.id))
      .where(and(eq(outbox.id, sql.placeholder("id")), isNotNull(outbox.chaseAt))),
  );
  const sentAgain = sentAgainIn(db);
  return {
    /** Those to be looked at by `now`, in the order in which they were written. */
    async toChase(now: EpochMs): Promise<number[]> {
      return (await due({ now })).map(({ id }) => id);
    },
    /** One of them, with where it stands; null when it is none any more. */
    async chased(id: number) {
      const [one] = await chased({ id });
      return one === undefined ? null : { ...one, title: one.row.title, again: await sentAgain(id) };
    },
  };
}

export function chaseWrites(db: Db) {
  const chaseAgain = prepared(() =>
    db
      .update(outbox)
      .set({ chaseAt: sql`${sql.placeholder("chaseAt")}`, chased: sql`${sql.placeholder("chased")}` })
      .where(eq(outbox.id, sql.placeholder("id"))),
  );
  const chaseForAll = prepared(() =>
    db
      .update(outbox)
      .set({ chaseAt: null })
      .where(
        and(
          eq(outbox.personId, sql.placeholder("personId")),
          eq(outbox.subject, sql.placeholder("subject")),
          gt(outbox.id, sql.placeholder("id")),
          isNotNull(outbox.chaseAt),
        ),
      ),
  );
  return {
    /** What is done about a notice is done about what its reader was sent of the same since. */
    async chaseForAll({
      id,
      personId,
      subject,
    }: Pick<OutboxRow, "id" | "personId" | "subject">): Promise<void> {
      if (subject === null || personId === null) return;
      await chaseForAll({ personId, subject, id });
    },
    /** It is looked again at `chaseAt`, or no more where that is null, after `chased` things were done. */
    async chaseAgain(id: number, { chaseAt, chased }: { chaseAt: EpochMs | null; chased: number }) {
      await chaseAgain({ id, chaseAt, chased });
    },
    /** Its reader was told by telephone: of all that they were sent of the same. @returns false when somebody has said so before. */
    async telephoned(
      { id, personId, subject }: Pick<OutboxRow, "id" | "personId" | "subject">,
      settledBy: PersonId,
      settledAt: EpochMs,
    ): Promise<boolean> {
      const settle = (which: SQL | undefined) =>
        db
          .update(outbox)
          .set({
            state: sql`case when ${outbox.state} in ('failed', 'ambiguous') then 'settled' else ${outbox.state} end`,
            ...{ settledAs: "phoned", settledBy, settledAt, chaseAt: null },
          })
          .where(and(which, eq(outbox.kind, "post"), isNull(outbox.settledAs)))
          .returning({ id: outbox.id });
      const done = await settle(and(eq(outbox.id, id), gt(outbox.chased, 0)));
      if (done.length === 1 && subject !== null && personId !== null)
        await settle(and(eq(outbox.personId, personId), eq(outbox.subject, subject)));
      return done.length === 1;
    },
  };
}
