import { and, asc, countDistinct, eq, exists, inArray, isNull, min, ne, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { IssueId, PersonId } from "../domain/ids.ts";
import type { ClockKind } from "../domain/issues/clock.ts";
import type { ClockRow } from "./issue-clock.ts";
import type { Issue } from "./issues.ts";
import type { Db } from "./open.ts";
import { given, prepared, preparedForEach } from "./prepared.ts";
import { issue, issueClock, issueNotice, message } from "./schema.ts";

/** What the clock has for somebody about an issue. */
export type IssueNotice = { row: ClockRow; issue: Issue };
/** How many issues somebody is to be told of with each kind of entry. */
export type NoticeCount = { kind: ClockKind; n: number };

/** What the issues' clock has for people: noted with what has come about, told together. */
export function issueNoticeReads(db: Db) {
  const untold = prepared(() =>
    db
      .select({ personId: issueNotice.personId })
      .from(issueNotice)
      .where(isNull(issueNotice.outboxId))
      .groupBy(issueNotice.personId)
      .orderBy(min(issueNotice.id)),
  );
  const ofPerson = and(eq(issueNotice.personId, sql.placeholder("personId")), isNull(issueNotice.outboxId));
  const counts = prepared(() =>
    db
      .select({ kind: issueClock.kind, n: countDistinct(issueNotice.issueId) })
      .from(issueNotice)
      .innerJoin(issueClock, eq(issueClock.id, issueNotice.clockId))
      .where(ofPerson)
      .groupBy(issueClock.kind),
  );
  const issues = prepared(() =>
    db
      .select({ n: countDistinct(issueNotice.issueId) })
      .from(issueNotice)
      .where(ofPerson),
  );
  // Levels are the pack's few, the same at each asking.
  const gravestFirst = preparedForEach((first: readonly string[]) =>
    db
      .select({ row: issueClock, issue })
      .from(issueNotice)
      .innerJoin(issueClock, eq(issueClock.id, issueNotice.clockId))
      .innerJoin(issue, eq(issue.id, issueNotice.issueId))
      .where(ofPerson)
      .orderBy(
        sql`case when ${issue.level} in ${[...first]} then 0 else 1 end`,
        asc(issue.due),
        asc(issue.id),
        asc(issueClock.id),
      )
      .limit(sql.placeholder("limit")),
  );
  return {
    /** Everybody who is still to be told of something: whoever is reminded before those to whom it is reported. */
    async waiting(): Promise<PersonId[]> {
      return (await untold()).map(({ personId }) => personId);
    },
    async counts(personId: PersonId): Promise<NoticeCount[]> {
      const rows = await counts({ personId });
      return rows.map(({ kind, n }) => ({ kind: kind as ClockKind, n }));
    },
    /** How many issues somebody is still to be told of. */
    async issues(personId: PersonId): Promise<number> {
      return (await issues({ personId }))[0]?.n ?? 0;
    },
    /** The issues that a delivery told of. */
    async toldBy(outboxId: number): Promise<IssueId[]> {
      const rows = await db
        .selectDistinct({ id: issueNotice.issueId })
        .from(issueNotice)
        .where(eq(issueNotice.outboxId, outboxId))
        .orderBy(asc(issueNotice.issueId));
      return rows.map(({ id }) => id);
    },
    /** Of what somebody is still to be told the first `limit`: of `first` levels, then by deadline. */
    async gravest(personId: PersonId, first: readonly string[], limit: number): Promise<IssueNotice[]> {
      const rows = await gravestFirst(first, { personId, limit });
      return rows.map(({ row, issue }) => ({ row: { ...row, kind: row.kind as ClockKind }, issue }));
    },
  };
}

export function issueNoticeWrites(db: Db) {
  const insert = prepared(() =>
    db
      .insert(issueNotice)
      .values(given("personId", "issueId", "clockId"))
      .onConflictDoNothing(),
  );
  const tell = prepared(() =>
    db
      .update(issueNotice)
      .set({ outboxId: sql`${sql.placeholder("outboxId")}` })
      .where(and(eq(issueNotice.personId, sql.placeholder("personId")), isNull(issueNotice.outboxId))),
  );
  const told = alias(issueNotice, "told");
  const replacing = preparedForEach((kinds: readonly ClockKind[]) => {
    const ofKinds = (clockId: typeof issueNotice.clockId | typeof told.clockId) =>
      inArray(
        clockId,
        db
          .select({ id: issueClock.id })
          .from(issueClock)
          .where(and(eq(issueClock.id, clockId), inArray(issueClock.kind, [...kinds]))),
      );
    const [personId, outboxId] = [sql.placeholder("personId"), sql.placeholder("outboxId")];
    const again = db
      .select({ id: told.id })
      .from(told)
      .where(
        and(
          eq(told.personId, personId),
          eq(told.outboxId, outboxId),
          eq(told.issueId, issueNotice.issueId),
          ofKinds(told.clockId),
        ),
      );
    return db
      .delete(issueNotice)
      .where(
        and(
          eq(issueNotice.personId, personId),
          ne(issueNotice.outboxId, outboxId),
          ofKinds(issueNotice.clockId),
          exists(again),
        ),
      )
      .returning({ outboxId: issueNotice.outboxId });
  });
  const saysNothing = prepared(() =>
    db
      .select({ id: message.id })
      .from(message)
      .where(
        and(
          eq(message.outboxId, sql.placeholder("outboxId")),
          notExists(db.select({ id: told.id }).from(told).where(eq(told.outboxId, message.outboxId))),
        ),
      ),
  );
  return {
    async add(issueId: IssueId, clockId: number, people: readonly { id: PersonId }[]): Promise<void> {
      for (const { id: personId } of people) await insert({ personId, issueId, clockId });
    },
    /** All that somebody was still to be told of is told by a delivery. */
    async tell(personId: PersonId, outboxId: number): Promise<void> {
      await tell({ personId, outboxId });
    },
    /** Who has left is told nothing. */
    async drop(personId: PersonId): Promise<void> {
      await db
        .delete(issueNotice)
        .where(and(eq(issueNotice.personId, personId), isNull(issueNotice.outboxId)));
    },
    /**
     * What a delivery says of issues with entries of some kinds replaces what earlier ones said with entries of the same.
     * @returns the messages of which nothing is left to say.
     */
    async replace(personId: PersonId, outboxId: number, kinds: readonly ClockKind[]): Promise<number[]> {
      const gone = await replacing(kinds, { personId, outboxId });
      const rows: { id: number }[] = [];
      for (const earlier of new Set(gone.flatMap((one) => one.outboxId ?? [])))
        rows.push(...(await saysNothing({ outboxId: earlier })));
      return rows.map(({ id }) => id);
    },
  };
}
