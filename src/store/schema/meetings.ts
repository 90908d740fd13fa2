import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { MeetingId } from "../../domain/ids.ts";
import type { MeetingKind, MeetingState, MinutesText, RollCallWord } from "../../domain/meetings/kinds.ts";
import { departmentId, id, instant, issueId, personId, regionId } from "./columns.ts";
import { issue } from "./issues.ts";
import { person } from "./people.ts";
import { department, region } from "./plan.ts";

// Meetings: when and where, who is invited and comes, what was said and decided.

const meetingId = () =>
  integer("meeting_id")
    .$type<MeetingId>()
    .notNull()
    .references(() => meeting.id);

export const meeting = sqliteTable(
  "meeting",
  {
    id: id<MeetingId>(),
    kind: text().$type<MeetingKind>().notNull(),
    /** The month or quarter that it looks back on: 2020-05, 2020Q2. */
    period: text().notNull(),
    state: text().$type<MeetingState>().notNull(),
    /** Grows with each change of what people were told. */
    version: integer().notNull().default(1),
    /** Grows when it moves to another time: what units answered before doesn't count any more. */
    round: integer().notNull().default(1),
    /** Office calendar, and the hour and minute there, 09:30. */
    date: text().notNull(),
    time: text().notNull(),
    place: text().notNull(),
    agenda: text().notNull(),
    convenedAt: instant("convened_at").notNull(),
    convenedBy: personId("convened_by").references(() => person.id),
    heldAt: instant("held_at"),
    cancelledAt: instant("cancelled_at"),
    cancelWhy: text("cancel_why"),
    minutes: text({ mode: "json" }).$type<MinutesText>(),
    minutesAt: instant("minutes_at"),
    minutesBy: personId("minutes_by").references(() => person.id),
  },
  (t) => [
    uniqueIndex("meeting_of_period").on(t.kind, t.period).where(sql`state <> 'cancelled'`),
    index("meeting_by_date").on(t.date, t.time),
  ],
);

/** A unit that is invited, a region or a department, and what it last said. One that isn't any more keeps its row. */
export const meetingUnit = sqliteTable(
  "meeting_unit",
  {
    id: id(),
    meetingId: meetingId(),
    regionId: regionId("region_id").references(() => region.id),
    departmentId: departmentId("department_id").references(() => department.id),
    answer: text().$type<RollCallWord>(),
    reason: text(),
    /** Whom it sends. */
    delegateId: personId("delegate_id").references(() => person.id),
    /** The meeting's round in which it answered. */
    round: integer(),
    answeredAt: instant("answered_at"),
    answeredBy: personId("answered_by").references(() => person.id),
    /** For whom a stand-in answered. */
    forId: personId("for_id").references(() => person.id),
    removedAt: instant("removed_at"),
  },
  (t) => [index("meeting_unit_by_meeting").on(t.meetingId, t.removedAt)],
);

/** 议定事项: what was decided, who sees to it and until when; `issueId` is the issue that it has become. */
export const meetingDecision = sqliteTable(
  "meeting_decision",
  {
    id: id(),
    meetingId: meetingId(),
    /** From 1. */
    ordinal: integer().notNull(),
    text: text().notNull(),
    regionId: regionId("region_id").references(() => region.id),
    departmentId: departmentId("department_id").references(() => department.id),
    due: text(),
    issueId: issueId("issue_id").references(() => issue.id),
  },
  (t) => [
    uniqueIndex("meeting_decision_once").on(t.meetingId, t.ordinal),
    index("meeting_decision_by_issue").on(t.issueId),
  ],
);
