import { and, asc, eq, gt, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { deliveriesIn, type OutboxRow } from "./outbox-row.ts";
import { prepared } from "./prepared.ts";
import { outbox } from "./schema.ts";

type State = OutboxRow["state"];
/** What a human says became of a delivery: it has arrived, its reader was told by telephone, or it is let be. */
export type Settlement = NonNullable<OutboxRow["settledAs"]>;

/** Why what is due isn't tried yet: the platform's limits, or that it refuses the bot itself. */
export const HELD_BY = { limits: "the platform's limits", refusal: "the platform refuses the bot" } as const;

/** What becomes of an edit when a newer one shows the message as it is now. */
export const REPLACED = { state: "failed", lastError: "superseded by a newer edit" } as const;

/**
 * The moves of a delivery from state to state. Several rounds may have looked at one row, and a human may decide about it
 * meanwhile: each move names the states that it comes from, and moves the row only as its caller has it. Whoever comes too
 * late is told so and does nothing further.
 */
export function outboxMoves(db: Db) {
  const move = async (
    row: OutboxRow,
    from: readonly State[],
    to: Partial<typeof outbox.$inferInsert>,
  ): Promise<boolean> => {
    const asHeld = and(
      eq(outbox.id, row.id),
      eq(outbox.state, row.state),
      eq(outbox.claim, row.claim),
      eq(outbox.nextAttemptAt, row.nextAttemptAt),
    );
    const moved = await db
      .update(outbox)
      .set(to)
      .where(and(asHeld, inArray(outbox.state, [...from])))
      .returning({ id: outbox.id });
    return moved.length === 1;
  };
  const isHeldAs = and(
    eq(outbox.id, sql.placeholder("id")),
    eq(outbox.state, "pending"),
    eq(outbox.claim, sql.placeholder("claim")),
    eq(outbox.nextAttemptAt, sql.placeholder("nextAttemptAt")),
  );
  const setClaim = prepared(() =>
    db
      .update(outbox)
      .set({ state: "sending", attempts: sql`${outbox.attempts} + 1`, claim: sql`${outbox.claim} + 1` })
      .where(isHeldAs)
      .returning({ id: outbox.id }),
  );
  const setTaken = prepared(() =>
    db
      .update(outbox)
      .set({
        state: "sent",
        ...{ attempts: sql`${outbox.attempts} + 1`, claim: sql`${outbox.claim} + 1` },
        ...{ sentAt: sql`${sql.placeholder("at")}`, lastError: null },
      })
      .where(isHeldAs)
      .returning({ id: outbox.id }),
  );
  const setSent = prepared(() =>
    db
      .update(outbox)
      .set({ state: "sent", sentAt: sql`${sql.placeholder("at")}`, lastError: null })
      .where(
        and(
          eq(outbox.id, sql.placeholder("id")),
          inArray(outbox.state, ["pending", "sending", "ambiguous", "failed", "settled"]),
        ),
      )
      .returning({ id: outbox.id }),
  );
  /** Asks of an edit whether there is another of the same message, such as `that` says. */
  const anotherEdit = (that: SQL) => {
    const same = and(eq(outbox.messageId, sql.placeholder("messageId")), eq(outbox.kind, "edit"), that);
    const ask = prepared(() => db.select({ id: outbox.id }).from(outbox).where(same).limit(1));
    return async ({ id, kind, messageId }: OutboxRow): Promise<boolean> =>
      kind === "edit" && messageId !== null && (await ask({ id, messageId })).length > 0;
  };
  const isReplaced = anotherEdit(gt(outbox.id, sql.placeholder("id")));
  const anotherIsUnderWay = anotherEdit(
    sql`${ne(outbox.id, sql.placeholder("id"))} and ${eq(outbox.state, "sending")}`,
  );
  /** An edit that a newer one has replaced meanwhile doesn't wait any more: made later, it would show what was. */
  const setBack = async (row: OutboxRow, from: readonly State[], to: Partial<typeof outbox.$inferInsert>) =>
    move(row, from, (await isReplaced(row)) ? REPLACED : to);

  return {
    /**
     * Takes a waiting row for sending, before the platform is asked: after a crash it is in doubt, not forgotten.
     * @returns the row as it is held from now on, `attempts` counting those before; null when it is somebody else's, or an
     * older edit of the same message is still under way.
     */
    async claim(row: OutboxRow): Promise<OutboxRow | null> {
      if (await anotherIsUnderWay(row)) return null;
      if (row.state !== "pending" || (await setClaim(row)).length !== 1) return null;
      return { ...row, state: "sending", claim: row.claim + 1 };
    },
    /** Takes a waiting row and notes it as sent, for whoever sends it in the same transaction. @returns false where it can't be claimed. */
    async sendAtOnce(row: OutboxRow, at: EpochMs): Promise<boolean> {
      if (row.state !== "pending" || (await anotherIsUnderWay(row))) return false;
      return (await setTaken({ ...row, at })).length === 1;
    },
    /**
     * Takes a doubtful row for being looked for until `until`; then, and after a crash, it is anybody's again. It stays in
     * doubt, and listed. @returns the row as it is held from now on, or null when it is somebody else's.
     */
    async look(row: OutboxRow, until: EpochMs): Promise<OutboxRow | null> {
      const held = { ...row, nextAttemptAt: until };
      return (await move(row, ["ambiguous"], { nextAttemptAt: until })) ? held : null;
    },
    /**
     * The platform has it. That is a fact whichever sending it answers and whatever the row has become since: nothing that
     * comes later sends it again. @returns false when that was known.
     */
    async sent(id: number, at: EpochMs): Promise<boolean> {
      return (await setSent({ id, at })).length === 1;
    },
    /** To be tried (again) at `nextAttemptAt`; `attempts` is how often it has been tried so far. */
    retry: (row: OutboxRow, nextAttemptAt: EpochMs, lastError: string, attempts: number) =>
      // A door near by takes a row in the transaction that settles it: what it failed at is still waiting.
      setBack(row, ["pending", "sending", "ambiguous"], {
        state: "pending",
        nextAttemptAt,
        lastError,
        attempts,
      }),
    /** Lets a waiting row wait until `nextAttemptAt`; no attempt is counted. */
    hold: (row: OutboxRow, nextAttemptAt: EpochMs, lastError: string) =>
      move(row, ["pending"], { nextAttemptAt, lastError }),
    /**
     * What waits for a platform to let the bot in again is due at once, and so is what its limits hold: whoever keeps them
     * holds that anew.
     */
    async goOn(): Promise<void> {
      const isHeld = inArray(outbox.lastError, Object.values(HELD_BY));
      await db
        .update(outbox)
        .set({ nextAttemptAt: 0 })
        .where(and(eq(outbox.state, "pending"), gt(outbox.nextAttemptAt, 0), isHeld));
    },
    /** Nobody knows whether the platform has it: to be looked for at `nextAttemptAt`. */
    doubt: (row: OutboxRow, nextAttemptAt: EpochMs, lastError: string) =>
      setBack(row, ["sending"], { state: "ambiguous", nextAttemptAt, lastError }),
    /** Ends a delivery that will never be accepted. */
    giveUp: (row: OutboxRow, lastError: string) =>
      move(row, ["pending", "sending"], { state: "failed", lastError }),
    /** In doubt for good: listed for a human, never sent again by itself. */
    leaveInDoubt: (row: OutboxRow, lastError: string) =>
      move(row, ["ambiguous"], { nextAttemptAt: Number.MAX_SAFE_INTEGER, lastError }),
    /**
     * In a restored database: what isn't settled may have been since, and is left in doubt for good. An edit ends; whatever
     * changes next draws its message anew. @returns how many deliveries are in doubt now that were not before.
     */
    async leaveAllInDoubt(why: string): Promise<number> {
      const unsettled = inArray(outbox.state, ["waiting", "pending", "sending", "ambiguous"]);
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
    /**
     * A human sends a failed or doubtful delivery once more, having seen what came of sending number `claim`.
     * @returns false when it is neither any longer, or has been sent since.
     */
    async resend(id: number, claim: number, why: string): Promise<boolean> {
      const rows = await db
        .update(outbox)
        .set({ state: "pending", nextAttemptAt: 0, attempts: 0, lastError: why })
        .where(
          and(eq(outbox.id, id), eq(outbox.claim, claim), inArray(outbox.state, ["failed", "ambiguous"])),
        )
        .returning({ id: outbox.id });
      return rows.length === 1;
    },
    /**
     * A human says what became of a failed or doubtful delivery, having seen what came of sending number `claim`: it is not
     * sent any more. @returns false when it is neither any longer, or has been sent since.
     */
    async settleByHand(
      { id, claim }: Pick<OutboxRow, "id" | "claim">,
      as: Settlement,
      { personId, at }: { personId: PersonId; at: EpochMs },
    ): Promise<boolean> {
      const rows = await db
        .update(outbox)
        .set({ state: "settled", settledAs: as, settledBy: personId, settledAt: at })
        .where(
          and(eq(outbox.id, id), eq(outbox.claim, claim), inArray(outbox.state, ["failed", "ambiguous"])),
        )
        .returning({ id: outbox.id });
      return rows.length === 1;
    },
    /** What waits for somebody who has left goes out no more, and nobody has to look after it. */
    async dropFor(personId: PersonId, at: EpochMs): Promise<void> {
      await db
        .update(outbox)
        .set({ state: "settled", settledAs: "dropped", settledAt: at, lastError: "该成员已离任" })
        .where(and(eq(outbox.personId, personId), inArray(outbox.state, ["waiting", "pending"])));
    },
    /** Rows that a crash left between asking the platform and hearing its answer. */
    async inDoubt(): Promise<OutboxRow[]> {
      return deliveriesIn(db).where(eq(outbox.state, "sending")).orderBy(asc(outbox.id));
    },
  };
}
