import { and, asc, desc, eq, gte, isNotNull, isNull, lte, ne, sql } from "drizzle-orm";
import type { EpochMs, IssueId, MeetingId, PersonId } from "../domain/ids.ts";
import type { MeetingKind, MinutesText } from "../domain/meetings/kinds.ts";
import type { RollCallRow } from "../domain/meetings/roll-call.ts";
import type { Issue } from "./issues.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { issue, meeting, meetingDecision, meetingUnit } from "./schema.ts";

export type Meeting = typeof meeting.$inferSelect;
export type MeetingUnit = typeof meetingUnit.$inferSelect;
/** Something that was decided, and the issue that it has become. */
export type MeetingDecision = typeof meetingDecision.$inferSelect & { issue: Issue | null };
export type NewDecision = Pick<
  typeof meetingDecision.$inferInsert,
  "text" | "regionId" | "departmentId" | "due"
>;
/** What people were told of a meeting. */
export type MeetingPlan = Pick<Meeting, "date" | "time" | "place" | "agenda">;

export function meetingReads(db: Db) {
  const decided = prepared(() =>
    db
      .select({ decision: meetingDecision, issue })
      .from(meetingDecision)
      .leftJoin(issue, eq(issue.id, meetingDecision.issueId))
      .where(eq(meetingDecision.meetingId, sql.placeholder("meetingId")))
      .orderBy(asc(meetingDecision.ordinal)),
  );
  const decisionsOf = async (meetingId: MeetingId): Promise<MeetingDecision[]> =>
    (await decided({ meetingId })).map((row) => ({ ...row.decision, issue: row.issue }));
  const invited = prepared(() =>
    db
      .select()
      .from(meetingUnit)
      .where(and(eq(meetingUnit.meetingId, sql.placeholder("meetingId")), isNull(meetingUnit.removedAt)))
      .orderBy(asc(meetingUnit.id)),
  );
  const within = prepared(() =>
    db
      .select()
      .from(meeting)
      .where(
        and(
          gte(meeting.date, sql.placeholder("from")),
          lte(meeting.date, sql.placeholder("to")),
          ne(meeting.state, "cancelled"),
        ),
      )
      .orderBy(asc(meeting.date), asc(meeting.time)),
  );
  const ofPeriod = prepared(() =>
    db
      .select()
      .from(meeting)
      .where(
        and(
          eq(meeting.kind, sql.placeholder("kind")),
          eq(meeting.period, sql.placeholder("period")),
          sql`${meeting.state} <> 'cancelled'`,
        ),
      ),
  );
  return {
    async byId(id: MeetingId): Promise<Meeting | null> {
      return (await db.select().from(meeting).where(eq(meeting.id, id)))[0] ?? null;
    },
    /** The meeting about a month or quarter that wasn't cancelled. */
    async ofPeriod(kind: MeetingKind, period: string): Promise<Meeting | null> {
      return (await ofPeriod({ kind, period }))[0] ?? null;
    },
    /** Newest first. */
    async list(limit: number, { kind }: { kind?: MeetingKind } = {}): Promise<Meeting[]> {
      return db
        .select()
        .from(meeting)
        .where(kind === undefined ? undefined : eq(meeting.kind, kind))
        .orderBy(desc(meeting.date), desc(meeting.time), desc(meeting.id))
        .limit(limit);
    },
    /** Meetings within some days that aren't cancelled, in the order in which they are. */
    async between(from: string, to: string): Promise<Meeting[]> {
      return within({ from, to });
    },
    /** The meeting of its kind before one, that has taken place. */
    async before({ kind, date, time, id }: Meeting): Promise<Meeting | null> {
      const rows = await db
        .select()
        .from(meeting)
        .where(
          and(
            eq(meeting.kind, kind),
            lte(meeting.date, date),
            ne(meeting.state, "cancelled"),
            ne(meeting.id, id),
          ),
        )
        .orderBy(desc(meeting.date), desc(meeting.time))
        .limit(2);
      return rows.find((one) => one.date < date || one.time < time) ?? null;
    },
    /** Who is invited. */
    async units(meetingId: MeetingId): Promise<MeetingUnit[]> {
      return invited({ meetingId });
    },
    decisionsOf,
    /** Of which meeting an issue is a decision. */
    async ofIssue(issueId: IssueId): Promise<Meeting | null> {
      const rows = await db
        .select({ meeting })
        .from(meetingDecision)
        .innerJoin(meeting, eq(meeting.id, meetingDecision.meetingId))
        .where(eq(meetingDecision.issueId, issueId));
      return rows[0]?.meeting ?? null;
    },
  };
}

export function meetingWrites(db: Db) {
  return {
    async call(row: Omit<typeof meeting.$inferInsert, "state">): Promise<Meeting> {
      return (
        await db
          .insert(meeting)
          .values({ ...row, state: "called" })
          .returning()
      )[0] as Meeting;
    },
    /** Changes a meeting that still stands at `version`. @returns null when somebody was faster. */
    async change(
      { id, version }: Pick<Meeting, "id" | "version">,
      change: Partial<
        MeetingPlan & Pick<Meeting, "round" | "state" | "heldAt" | "cancelledAt" | "cancelWhy">
      >,
    ): Promise<Meeting | null> {
      const rows = await db
        .update(meeting)
        .set({ ...change, version: version + 1 })
        .where(and(eq(meeting.id, id), eq(meeting.version, version)))
        .returning();
      return rows[0] ?? null;
    },
    async invite(
      meetingId: MeetingId,
      units: readonly Pick<MeetingUnit, "regionId" | "departmentId">[],
    ): Promise<void> {
      if (units.length > 0)
        await db.insert(meetingUnit).values(units.map((unit) => ({ ...unit, meetingId })));
    },
    async answer(
      id: number,
      row: RollCallRow & { answeredAt: EpochMs; answeredBy: PersonId; forId: PersonId | null },
    ): Promise<void> {
      await db.update(meetingUnit).set(row).where(eq(meetingUnit.id, id));
    },
    /** Writes minutes down anew, with what was decided; what has become an issue stays as it was. */
    async minute(
      id: MeetingId,
      { minutes, decisions }: { minutes: MinutesText; decisions: readonly NewDecision[] },
      { at, by }: { at: EpochMs; by: PersonId },
    ): Promise<Meeting> {
      const [row] = await db
        .update(meeting)
        .set({ minutes, minutesAt: at, minutesBy: by })
        .where(eq(meeting.id, id))
        .returning();
      await db
        .delete(meetingDecision)
        .where(and(eq(meetingDecision.meetingId, id), isNull(meetingDecision.issueId)));
      const given = await db
        .select({ ordinal: meetingDecision.ordinal })
        .from(meetingDecision)
        .where(and(eq(meetingDecision.meetingId, id), isNotNull(meetingDecision.issueId)));
      const last = Math.max(0, ...given.map(({ ordinal }) => ordinal));
      if (decisions.length > 0)
        await db
          .insert(meetingDecision)
          .values(decisions.map((one, i) => ({ ...one, meetingId: id, ordinal: last + i + 1 })));
      return row as Meeting;
    },
    /** Notes which issue a decision has become. @returns false when it has become one before. */
    async giveOut(decisionId: number, issueId: IssueId): Promise<boolean> {
      const rows = await db
        .update(meetingDecision)
        .set({ issueId })
        .where(and(eq(meetingDecision.id, decisionId), isNull(meetingDecision.issueId)))
        .returning({ id: meetingDecision.id });
      return rows.length === 1;
    },
  };
}
