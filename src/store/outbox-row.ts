import { eq, getTableColumns, type SQLWrapper, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { outbox, outboxCard } from "./schema.ts";

/** A delivery: how it goes, and the card that it brings as JSON. */
export type OutboxRow = typeof outbox.$inferSelect & { card: string };

/** The card of a delivery, both as they are joined; of one that is too old only what it was called. */
export const cardIn = ({ card }: { card: SQLWrapper }, { title }: { title: SQLWrapper }) =>
  sql<string>`coalesce(${card}, json_object('title', ${title}, 'blocks', json('[]')))`;

/** The columns of a delivery with its card, which is joined to it (`itsCard`). */
export const deliveryRow = { ...getTableColumns(outbox), card: cardIn(outboxCard, outbox) };
export const itsCard = eq(outboxCard.outboxId, outbox.id);

/** Deliveries as whole rows. */
export const deliveriesIn = (db: Db) => db.select(deliveryRow).from(outbox).leftJoin(outboxCard, itsCard);

/** Writes down what a delivery says from now on. */
export function cardWrites(db: Db) {
  const put = prepared(() =>
    db
      .insert(outboxCard)
      .values(given("outboxId", "card"))
      .onConflictDoUpdate({ target: outboxCard.outboxId, set: { card: sql`excluded.card` } }),
  );
  return (outboxId: number, card: string) => put({ outboxId, card });
}
