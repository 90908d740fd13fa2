import { and, asc, eq, exists, inArray, isNotNull } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { deliveriesIn, type OutboxRow } from "./outbox-row.ts";
import { outbox, outboxCard } from "./schema.ts";

/** What becomes of deliveries to a group whose place has changed, or takes nothing any more. */
export function placeMoves(db: Db) {
  const isUnsettled = inArray(outbox.state, ["waiting", "pending", "sending", "ambiguous"]);
  return {
    /** What waits to go out to a group, oldest first. */
    async waitingFor(chatId: number): Promise<OutboxRow[]> {
      return deliveriesIn(db)
        .where(and(eq(outbox.chatId, chatId), inArray(outbox.state, ["waiting", "pending"])))
        .orderBy(asc(outbox.id));
    },
    /** Whoever is sent the notice of a group's delivery themselves. */
    async alsoSentTo({ job, slot }: Pick<OutboxRow, "job" | "slot">): Promise<ReadonlySet<PersonId>> {
      if (job === null || slot === null) return new Set();
      const rows = await db
        .select({ personId: outbox.personId })
        .from(outbox)
        .where(and(eq(outbox.job, job), eq(outbox.slot, slot), isNotNull(outbox.personId)));
      return new Set(rows.flatMap(({ personId }) => personId ?? []));
    },
    /** Has what is meant for one group go to another. What that one has, or is to get, as well goes there once. */
    async redirect(from: number, to: number, at: EpochMs): Promise<void> {
      if (from === to) return;
      const [twin, twinCard, ownCard] = [
        alias(outbox, "twin"),
        alias(outboxCard, "twin_card"),
        alias(outboxCard, "own_card"),
      ];
      const isTwin = and(eq(twin.chatId, to), eq(twin.job, outbox.job), eq(twin.slot, outbox.slot));
      const twins = db
        .select({ id: twin.id })
        .from(twin)
        .innerJoin(twinCard, eq(twinCard.outboxId, twin.id))
        .innerJoin(ownCard, and(eq(ownCard.outboxId, outbox.id), eq(ownCard.card, twinCard.card)))
        .where(isTwin);
      const isMeant = and(eq(outbox.chatId, from), isUnsettled);
      await db
        .update(outbox)
        .set({ state: "settled", settledAs: "dropped", settledAt: at, lastError: "同一条已发到该群" })
        .where(and(isMeant, exists(twins)));
      await db.update(outbox).set({ chatId: to }).where(isMeant);
    },
  };
}
