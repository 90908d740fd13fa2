import { and, asc, eq, inArray, lte, min, notInArray, sql } from "drizzle-orm";
import type { EpochMs, IssueId } from "../domain/ids.ts";
import type { ClockEntry, ClockKind } from "../domain/issues/clock.ts";
import { ENDS } from "../domain/issues/states.ts";
import type { Issue } from "./issues.ts";
import type { Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { issue, issueClock } from "./schema.ts";

export type ClockRow = {
  id: number;
  issueId: IssueId;
  kind: ClockKind;
  at: EpochMs;
  firstAt: EpochMs | null;
};
export type DueEntry = { row: ClockRow; issue: Issue };

/** What falls due for issues by itself: durable rows, so that a bot that was down is late, never forgetful. */
export function issueClockReads(db: Db) {
  const issuesDue = prepared(() =>
    db
      .select({ id: issueClock.issueId })
      .from(issueClock)
      .where(and(eq(issueClock.state, "open"), lte(issueClock.at, sql.placeholder("now"))))
      .groupBy(issueClock.issueId)
      .orderBy(min(issueClock.at), min(issueClock.id)),
  );
  const dueOf = prepared(() =>
    db
      .select({ row: issueClock, issue })
      .from(issueClock)
      .innerJoin(issue, eq(issue.id, issueClock.issueId))
      .where(
        and(
          eq(issueClock.issueId, sql.placeholder("issueId")),
          eq(issueClock.state, "open"),
          lte(issueClock.at, sql.placeholder("now")),
        ),
      )
      .orderBy(asc(issueClock.at), asc(issueClock.id)),
  );
  const withoutDeadlines = prepared(() =>
    db
      .select()
      .from(issue)
      .where(
        and(
          notInArray(issue.state, [...ENDS]),
          sql`not exists (select 1 from ${issueClock} where ${issueClock.issueId} = ${issue.id} and ${issueClock.state} = 'open')`,
        ),
      )
      .orderBy(asc(issue.id))
      .limit(sql.placeholder("limit")),
  );
  const openOf = prepared(() =>
    db
      .select()
      .from(issueClock)
      .where(and(eq(issueClock.issueId, sql.placeholder("issueId")), eq(issueClock.state, "open")))
      .orderBy(asc(issueClock.at), asc(issueClock.id)),
  );
  return {
    /** Issues for which something is due at `now` (ms UTC), in the order in which it fell due. */
    async issuesDue(now: EpochMs): Promise<IssueId[]> {
      return (await issuesDue({ now })).map(({ id }) => id);
    },
    /** An issue's open entries that are due at `now` (ms UTC), soonest first, each with the issue as it stands. */
    async due(now: EpochMs, { issueId }: { issueId: IssueId }): Promise<DueEntry[]> {
      const rows = await dueOf({ now, issueId });
      return rows.map(({ row, issue }) => ({ row: { ...row, kind: row.kind as ClockKind }, issue }));
    },
    /** Issues that have not ended and for which nothing will ever fall due: written before there was a clock, or by a fault. */
    async withoutDeadlines(limit: number): Promise<Issue[]> {
      return withoutDeadlines({ limit });
    },
    async openOf(issueId: IssueId): Promise<ClockRow[]> {
      return (await openOf({ issueId })).map((row) => ({ ...row, kind: row.kind as ClockKind }));
    },
  };
}

export function issueClockWrites(db: Db) {
  const insert = prepared(() => db.insert(issueClock).values(given("issueId", "kind", "at", "firstAt")));
  const setSettled = prepared(() =>
    db
      .update(issueClock)
      .set({ state: sql`${sql.placeholder("state")}`, doneAt: sql`${sql.placeholder("at")}` })
      .where(and(eq(issueClock.id, sql.placeholder("id")), eq(issueClock.state, "open"))),
  );
  const dropOpen = prepared(() =>
    db
      .update(issueClock)
      .set({ state: "dropped", doneAt: sql`${sql.placeholder("at")}` })
      .where(and(eq(issueClock.issueId, sql.placeholder("issueId")), eq(issueClock.state, "open"))),
  );
  return {
    /** Replaces everything that is still to come for an issue. */
    async set(issueId: IssueId, entries: readonly ClockEntry[], at: EpochMs): Promise<void> {
      await dropOpen({ issueId, at });
      for (const { kind, at: due, firstAt = null } of entries)
        await insert({ issueId, kind, at: due, firstAt });
    },
    async add(issueId: IssueId, { kind, at, firstAt = null }: ClockEntry): Promise<void> {
      await insert({ issueId, kind, at, firstAt });
    },
    /** Puts entries off to a time at which they may go out; when they were first due is kept, and what comes again counts from it. */
    async postpone(ids: readonly number[], to: EpochMs): Promise<void> {
      await db
        .update(issueClock)
        .set({ at: to, firstAt: sql`coalesce(${issueClock.firstAt}, ${issueClock.at})` })
        .where(and(inArray(issueClock.id, [...ids]), eq(issueClock.state, "open")));
    },
    /** `done`: it has had its effect; `dropped`: a later one of its kind speaks for it. */
    async settle(ids: readonly number[], state: "done" | "dropped", at: EpochMs): Promise<void> {
      for (const id of ids) await setSettled({ id, state, at });
    },
  };
}
