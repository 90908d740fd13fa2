import { and, asc, between, eq, isNotNull, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { EpochMs, IssueId, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { itsCard } from "./outbox-row.ts";
import { issueClock, issueNotice, outbox, outboxCard } from "./schema.ts";

/**
 * What of an issue a message did bring to somebody. `kind` is the clock's entry that it told of, null where it told of none;
 * `queuedAt` is when that came about.
 */
export type Sent = {
  personId: PersonId;
  kind: string | null;
  job: string | null;
  queuedAt: EpochMs;
  sentAt: EpochMs;
};

/** What people were sent and got. */
export function sentReads(db: Db) {
  return {
    /** The messages that tell of an issue and were queued between two instants, both included, in their order. */
    async about({ id, no }: { id: IssueId; no: string }, from: EpochMs, to: EpochMs): Promise<Sent[]> {
      // A message may have gone out as a part of another.
      const whole = alias(outbox, "whole");
      const named = alias(issueClock, "named");
      const rows = await db
        .select({
          personId: outbox.personId,
          job: outbox.job,
          card: outboxCard.card,
          queuedAt: outbox.createdAt,
          own: { state: outbox.state, at: outbox.sentAt },
          whole: { state: whole.state, at: whole.sentAt },
          noticed: issueClock.kind,
          keyed: named.kind,
        })
        .from(outbox)
        .leftJoin(outboxCard, itsCard)
        .leftJoin(whole, eq(whole.id, outbox.foldedInto))
        .leftJoin(issueNotice, and(eq(issueNotice.outboxId, outbox.id), eq(issueNotice.issueId, id)))
        .leftJoin(issueClock, eq(issueClock.id, issueNotice.clockId))
        .leftJoin(
          named,
          and(
            eq(named.issueId, id),
            sql`${outbox.key} = ${outbox.job} || '/' || ${named.id} || '/' || ${outbox.personId}`,
          ),
        )
        .where(
          and(
            eq(outbox.kind, "post"),
            isNotNull(outbox.personId),
            between(outbox.createdAt, from, to),
            // Written as facts are: a number that only begins alike isn't it.
            or(isNotNull(issueNotice.id), sql`${outboxCard.card} like ${`%"${no}"%`}`),
          ),
        )
        .orderBy(asc(outbox.id));
      return rows.flatMap(({ personId, job, card, queuedAt, own, whole: part, noticed, keyed }) => {
        const went = own.state === "folded" ? part : own;
        if (personId === null || went?.state !== "sent" || went.at === null) return [];
        return [{ personId, job, queuedAt, sentAt: went.at, kind: noticed ?? listed(card, no) ?? keyed }];
      });
    },
  };
}

/** A list says of each of its issues what it tells of. */
function listed(card: string | null, no: string): string | null {
  if (card === null) return null;
  const { facts } = JSON.parse(card) as { facts?: { issues?: unknown } };
  const rows = Array.isArray(facts?.issues) ? (facts.issues as { no?: string; kind?: string }[]) : [];
  return rows.find((row) => row.no === no)?.kind ?? null;
}
