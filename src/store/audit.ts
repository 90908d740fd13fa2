import { createHash } from "node:crypto";
import { and, asc, count, desc, eq, gt, inArray, lte, or, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { audit } from "./schema.ts";

/** One act as it is to be recorded. `detail` holds ids and values, never secrets. */
export type Act = {
  at: EpochMs;
  personId: PersonId | null;
  /** Name of the person, or of the part of the bot that acted. */
  actor: string;
  act: string;
  subject?: string;
  outcome: "done" | "denied";
  detail?: Readonly<Record<string, unknown>>;
};

export type AuditRow = typeof audit.$inferSelect;

/** Which rows: all, one person's, an issue's, those of an act. */
export type AuditAbout =
  | Record<string, never>
  | { personId: PersonId; name: string }
  | { subject: string }
  | { act: string };

const genesis = "0".repeat(64);

/** Whose rows those are, or what about: what somebody did, and what was done to them. */
function within(about: AuditAbout) {
  if ("subject" in about) return eq(audit.subject, about.subject);
  if ("act" in about) return eq(audit.act, about.act);
  if (!("personId" in about)) return undefined;
  const { personId, name } = about;
  const subjects = [
    `person:${personId}`,
    `settings:${personId}`,
    `accounts:${personId}`,
    `invitation:${name}`,
  ];
  return or(eq(audit.personId, personId), inArray(audit.subject, subjects));
}

export function auditReads(db: Db) {
  const newest = newestOf(db);
  const length = prepared(() => db.select({ n: count() }).from(audit));
  return {
    /** A page of rows, the newest first, and how many there are. */
    async about(
      about: AuditAbout,
      limit: number,
      offset: number,
    ): Promise<{ rows: AuditRow[]; total: number }> {
      const rows = await db
        .select()
        .from(audit)
        .where(within(about))
        .orderBy(desc(audit.id))
        .limit(limit)
        .offset(offset);
      const counted = await db.select({ n: count() }).from(audit).where(within(about));
      return { rows, total: counted[0]?.n ?? 0 };
    },
    /**
     * Walks a stretch of the chain behind a row, from its beginning where that is null. `broken`: the first row that was
     * tampered with; `last`: where the next stretch begins, null at the end.
     */
    async walk(
      after: { id: number; hash: string } | null,
      limit: number,
    ): Promise<{ broken: number | null; last: { id: number; hash: string } | null }> {
      const rows = await db
        .select()
        .from(audit)
        .where(gt(audit.id, after?.id ?? 0))
        .orderBy(asc(audit.id))
        .limit(limit);
      let previous = after?.hash ?? genesis;
      for (const row of rows) {
        if (row.previousHash !== previous || row.hash !== hashOf(row.previousHash, row))
          return { broken: row.id, last: null };
        previous = row.hash;
      }
      const last = rows.at(-1);
      return { broken: null, last: last === undefined ? null : { id: last.id, hash: last.hash } };
    },
    /** The newest acts first. */
    async latest(limit: number) {
      return db.select().from(audit).orderBy(desc(audit.id)).limit(limit);
    },
    /** The end of the chain, and how many rows lead to it. */
    async head(): Promise<{ hash: string; length: number }> {
      return { hash: (await newest())[0]?.hash ?? genesis, length: (await length())[0]?.n ?? 0 };
    },
    /** When an act was denied to whom or what, after `since` and up to `until`, oldest first. */
    async denied(act: string, since: EpochMs, until: EpochMs) {
      return (
        db
          .select({ at: audit.at, subject: audit.subject })
          .from(audit)
          // Said as it stands in the index: SQLite doesn't see that a bound value is the same.
          .where(
            and(
              eq(audit.act, act),
              sql`${audit.outcome} = 'denied'`,
              gt(audit.at, since),
              lte(audit.at, until),
            ),
          )
          .orderBy(asc(audit.at), asc(audit.id))
      );
    },
    /**
     * Walks the chain, or only its newest rows. @returns the id of the first row that was tampered with, or null when
     * the chain holds.
     */
    async firstBroken(newest?: number): Promise<number | null> {
      const walk = db.select().from(audit).orderBy(desc(audit.id));
      const rows = (newest === undefined ? await walk : await walk.limit(newest)).reverse();
      const whole = newest === undefined || rows.length < newest;
      let previous = whole ? genesis : rows[0]?.previousHash;
      for (const row of rows) {
        if (row.previousHash !== previous || row.hash !== hashOf(row.previousHash, row)) return row.id;
        previous = row.hash;
      }
      return null;
    },
  };
}

const newestOf = (db: Db) =>
  prepared(() => db.select({ hash: audit.hash }).from(audit).orderBy(desc(audit.id)).limit(1));

export function auditWrites(db: Db, onAppend: () => void = () => undefined) {
  const newest = newestOf(db);
  const insert = prepared(() =>
    db
      .insert(audit)
      .values(
        given("at", "personId", "actor", "act", "subject", "outcome", "detail", "previousHash", "hash"),
      ),
  );
  return {
    /** Appends to the chain; it commits or vanishes with the transaction that it records. */
    async append(act: Act): Promise<void> {
      const previousHash = (await newest())[0]?.hash ?? genesis;
      const row = {
        at: act.at,
        personId: act.personId,
        actor: act.actor,
        act: act.act,
        subject: act.subject ?? null,
        outcome: act.outcome,
        detail: JSON.stringify(act.detail ?? {}),
      };
      await insert({ ...row, previousHash, hash: hashOf(previousHash, row) });
      onAppend();
    },
  };
}

type Hashed = {
  at: EpochMs;
  personId: PersonId | null;
  actor: string;
  act: string;
  subject: string | null;
  outcome: string;
  detail: string;
};

function hashOf(previous: string, row: Hashed): string {
  const content = JSON.stringify([
    row.at,
    row.personId,
    row.actor,
    row.act,
    row.subject,
    row.outcome,
    row.detail,
  ]);
  return createHash("sha256").update(previous).update(content).digest("hex");
}
