import { and, asc, between, eq, isNotNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { outbox } from "./schema.ts";

/** A message that did reach somebody. `queuedAt` is when what it tells of came about. */
export type Sent = {
  personId: PersonId;
  title: string;
  job: string | null;
  queuedAt: EpochMs;
  sentAt: EpochMs;
};

/** What people were sent and got. */
export function sentReads(db: Db) {
  return {
    /** The messages that name an issue and were queued between two instants, both included, in their order. */
    async naming(no: string, from: EpochMs, to: EpochMs): Promise<Sent[]> {
      // A message may have gone out as a part of another.
      const whole = alias(outbox, "whole");
      const rows = await db
        .select({
          personId: outbox.personId,
          title: outbox.title,
          job: outbox.job,
          queuedAt: outbox.createdAt,
          own: { state: outbox.state, at: outbox.sentAt },
          whole: { state: whole.state, at: whole.sentAt },
        })
        .from(outbox)
        .leftJoin(whole, eq(whole.id, outbox.foldedInto))
        .where(
          and(
            eq(outbox.kind, "post"),
            isNotNull(outbox.personId),
            between(outbox.createdAt, from, to),
            // Written as facts are: a number that only begins alike isn't it.
            sql`${outbox.card} like ${`%"${no}"%`}`,
          ),
        )
        .orderBy(asc(outbox.id));
      return rows.flatMap(({ personId, own, whole, ...row }) => {
        const went = own.state === "folded" ? whole : own;
        return personId === null || went?.state !== "sent" || went.at === null
          ? []
          : [{ ...row, personId, sentAt: went.at }];
      });
    },
  };
}
