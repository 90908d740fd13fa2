import { and, asc, desc, eq, gte, isNull, lte, ne } from "drizzle-orm";
import type { EpochMs, MeetingId, PersonId } from "../domain/ids.ts";
import type { MeetingKind } from "../domain/meetings/kinds.ts";
import type { RollCallRow } from "../domain/meetings/roll-call.ts";
import type { Db } from "./open.ts";
import { meeting, meetingUnit } from "./schema.ts";

export type Meeting = typeof meeting.$inferSelect;
export type MeetingUnit = typeof meetingUnit.$inferSelect;
/** What people were told of a meeting. */
export type MeetingPlan = Pick<Meeting, "date" | "time" | "place" | "agenda">;

export function meetingReads(db: Db) {
  return {
    async byId(id: MeetingId): Promise<Meeting | null> {
      return (await db.select().from(meeting).where(eq(meeting.id, id)))[0] ?? null;
    },
    /** The meeting about a month or quarter that wasn't cancelled. */
    async ofPeriod(kind: MeetingKind, period: string): Promise<Meeting | null> {
      const isIt = and(eq(meeting.kind, kind), eq(meeting.period, period), ne(meeting.state, "cancelled"));
      return (await db.select().from(meeting).where(isIt))[0] ?? null;
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
      return db
        .select()
        .from(meeting)
        .where(and(gte(meeting.date, from), lte(meeting.date, to), ne(meeting.state, "cancelled")))
        .orderBy(asc(meeting.date), asc(meeting.time));
    },
    /** Who is invited. */
    async units(meetingId: MeetingId): Promise<MeetingUnit[]> {
      return db
        .select()
        .from(meetingUnit)
        .where(and(eq(meetingUnit.meetingId, meetingId), isNull(meetingUnit.removedAt)))
        .orderBy(asc(meetingUnit.id));
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
  };
}
