import { sql } from "drizzle-orm";
import {
  type AnySQLiteColumn,
  index,
  integer,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { TermGiven } from "../../domain/deadline-words.ts";
import type { IssueId } from "../../domain/ids.ts";
import type { LineId } from "../../domain/issues/line.ts";
import { STATES } from "../../domain/issues/states.ts";
import type { Behalf } from "../../domain/issues/step-rule.ts";
import {
  CLOCK_STATES,
  departmentId,
  EVIDENCE_KINDS,
  id,
  instant,
  issueId,
  personId,
  regionId,
  SPOT_CHECK_STATES,
  TRANSFER_STATES,
  UNIT_ROLES,
} from "./columns.ts";
import { inbox, outbox } from "./messages.ts";
import { person } from "./people.ts";
import { department, region } from "./plan.ts";

// Issues: where they stand, their history, evidence, clock, spot checks and transfers.

/** Written out, as SQLite takes a partial index only for the same words. */
export const IS_STANDING = "state not in ('draft', 'closed', 'merged', 'cancelled', 'withdrawn')";
/** The plus keeps SQLite from looking states up one by one, and sorting what it finds: a page is read in an index's order. */
export const IS_ACTING = "+state in ('assigned', 'acknowledged', 'rectifying')";
export const IS_RESTING = "+state not in ('assigned', 'acknowledged', 'rectifying')";

export const issue = sqliteTable(
  "issue",
  {
    id: id<IssueId>(),
    no: text().notNull().unique(),
    title: text().notNull(),
    source: text().notNull(),
    /** Number of the batch in which a superior or third party handed it down. */
    batch: text(),
    level: text().notNull(),
    /** 扬尘、餐饮油烟 and so on, as the plan pack lists them. */
    category: text(),
    town: text(),
    place: text(),
    /** Where it is: of the first picture of how it was before that says so. Degrees, WGS 84. */
    latitude: real(),
    longitude: real(),
    requirement: text(),
    /** The responsible region; the city's own while a draft names none. */
    regionId: regionId("region_id")
      .notNull()
      .references(() => region.id),
    departmentId: departmentId("department_id").references(() => department.id),
    /** The responsible unit as the ledger named it, where that says more: 海安市住建局. */
    unitWords: text("unit_words"),
    state: text({ enum: STATES }).notNull(),
    version: integer().notNull().default(1),
    createdAt: instant("created_at").notNull(),
    createdBy: personId("created_by").references(() => person.id),
    assignedBy: personId("assigned_by").references(() => person.id),
    /** When it was given out; of a draft, when it was written down. */
    assignedAt: instant("assigned_at").notNull(),
    acknowledgedAt: instant("acknowledged_at"),
    submittedAt: instant("submitted_at"),
    submittedBy: personId("submitted_by").references(() => person.id),
    confirmedAt: instant("confirmed_at"),
    confirmedBy: personId("confirmed_by").references(() => person.id),
    closedAt: instant("closed_at"),
    closedBy: personId("closed_by").references(() => person.id),
    /** Last day of the deadline, office calendar. */
    due: text().notNull(),
    /** The deadline as first given. */
    firstDue: text("first_due").notNull(),
    /** Day from which the present term counts: of assignment, or of the last decision that set a new deadline. */
    termFrom: text("term_from").notNull(),
    /** The term that `firstDue` was given as, from `termFrom` on; null where a date was written. */
    term: text({ mode: "json" }).$type<TermGiven>(),
    returns: integer().notNull().default(0),
    rejections: integer().notNull().default(0),
    reopenings: integer().notNull().default(0),
    /** Which round of mending it is in: a rejection, a relapse, an objection and a closed stage each begin another one. */
    round: integer().notNull().default(1),
    /** Stages of it that have been closed (阶段性办结), while it goes on. */
    stages: integer().notNull().default(0),
    extensions: integer().notNull().default(0),
    /** An extension asked for and not yet decided. */
    extensionDue: text("extension_due"),
    extensionBy: personId("extension_by").references(() => person.id),
    /** The state that a suspension, or a transfer that isn't approved, gives way to again. */
    resumeState: text("resume_state", { enum: STATES }),
    suspendedOn: text("suspended_on"),
    suspendedUntil: text("suspended_until"),
    /** 公示: the last day on which the public can object, while it is on display. */
    displayedUntil: text("displayed_until"),
    /** Highest rung that was reported of each matter, not acknowledged, not mended, not decided: 1 county lead, 2 office, 3 市攻坚办. */
    ackRung: integer("ack_rung").notNull().default(0),
    mendRung: integer("mend_rung").notNull().default(0),
    decideRung: integer("decide_rung").notNull().default(0),
    /** When whoever has to act was first reminded of it; null: not yet. */
    ackRemindedAt: instant("ack_reminded_at"),
    mendRemindedAt: instant("mend_reminded_at"),
    decideRemindedAt: instant("decide_reminded_at"),
    supervisedAt: instant("supervised_at"),
    /** The last day on which somebody reminded the unit by hand (催办). */
    hastenedOn: text("hastened_on"),
    /** Who proposed its transfer: somebody else has to approve. */
    proposedBy: personId("proposed_by").references(() => person.id),
    /** Who asked that it be cancelled, until somebody else has decided. */
    cancelBy: personId("cancel_by").references(() => person.id),
    /** For whom a stand-in took the steps above that somebody else has to judge: both count as having taken them. */
    behalf: text({ mode: "json" }).$type<Behalf>(),
    mergedInto: issueId("merged_into").references((): AnySQLiteColumn => issue.id),
    /** What makes an imported row the same row: its number in the office's ledger, or a hash of what it says. */
    importKey: text("import_key").unique(),
    /** Its number in the ledger that it was imported from. */
    externalNo: text("external_no"),
    /** The time of the newest line of its history. */
    movedAt: instant("moved_at").notNull().default(0),
  },
  (t) => [
    index("issue_by_region").on(t.regionId, t.state, t.due, t.assignedAt),
    index("issue_by_department").on(t.departmentId, t.state, t.due, t.assignedAt),
    index("issue_by_assignment").on(t.assignedAt),
    index("issue_by_closing").on(t.closedAt),
    index("issue_by_creation").on(t.createdAt),
    index("issue_by_creator").on(t.createdBy, t.createdAt),
    index("issue_by_due").on(t.due),
    index("issue_by_move").on(t.movedAt, t.createdAt),
    // What still stands, for counts by region that don't look at what is over.
    index("issue_standing").on(t.regionId, t.createdAt).where(sql.raw(IS_STANDING)),
    // The list, nearest deadline first: what a unit has to act on, and the rest.
    index("issue_acting").on(t.due, t.assignedAt).where(sql.raw(IS_ACTING)),
    index("issue_resting").on(t.due, t.assignedAt).where(sql.raw(IS_RESTING)),
    index("issue_by_state").on(t.state, t.assignedAt, t.due),
  ],
);

export const issueEvent = sqliteTable(
  "issue_event",
  {
    id: id(),
    issueId: issueId("issue_id")
      .notNull()
      .references(() => issue.id),
    at: instant().notNull(),
    personId: personId("person_id").references(() => person.id),
    /** Whom they stood in for. */
    forId: personId("for_id").references(() => person.id),
    /** Id of a step of the loop, of a note beside the steps, or of the clock's entry that was a rung; never its word. */
    step: text().$type<LineId>().notNull(),
    fromState: text("from_state"),
    toState: text("to_state").notNull(),
    text: text(),
    /** What else its form said, as JSON, where papers need it apart: who investigated, and when. */
    detail: text(),
    /** The deadline that this step set, or asked for. */
    due: text(),
    /** The region whose issue it is from this line on; null where it stays whose it was. */
    regionId: regionId("region_id").references(() => region.id),
    /** The level from this line on; null where it stays what it was. */
    level: text(),
  },
  (t) => [
    index("issue_event_by_issue").on(t.issueId, t.id),
    index("issue_event_by_time").on(t.at, t.issueId),
    index("issue_event_by_due").on(t.due, t.issueId),
  ],
);

/**
 * A unit that has a part in an issue beside the one that answers for it: a department, a region, or one that the record only
 * names. A unit that has left it keeps its row, so that the past can be told.
 */
export const issueUnit = sqliteTable(
  "issue_unit",
  {
    id: id(),
    issueId: issueId("issue_id")
      .notNull()
      .references(() => issue.id),
    role: text({ enum: UNIT_ROLES }).notNull(),
    departmentId: departmentId("department_id").references(() => department.id),
    regionId: regionId("region_id").references(() => region.id),
    /** As a ledger calls it, where it is none of the plan's: nobody of it can be told. */
    name: text(),
    /** Its own deadline; null: the issue's. */
    due: text(),
    addedAt: instant("added_at").notNull(),
    addedBy: personId("added_by").references(() => person.id),
    /** What its own people have done of it, and who of the unit that answers, or of the office, has accepted that. */
    acknowledgedAt: instant("acknowledged_at"),
    acknowledgedBy: personId("acknowledged_by").references(() => person.id),
    handedInAt: instant("handed_in_at"),
    handedInBy: personId("handed_in_by").references(() => person.id),
    acceptedAt: instant("accepted_at"),
    acceptedBy: personId("accepted_by").references(() => person.id),
    removedAt: instant("removed_at"),
    removedBy: personId("removed_by").references(() => person.id),
  },
  (t) => [
    index("issue_unit_by_issue").on(t.issueId, t.removedAt),
    index("issue_unit_by_department").on(t.departmentId, t.removedAt, t.issueId),
    index("issue_unit_by_region").on(t.regionId, t.removedAt, t.issueId),
  ],
);

/** What falls due for an issue by itself: reminders, rungs of the ladder, the end of a suspension. */
export const issueClock = sqliteTable(
  "issue_clock",
  {
    id: id(),
    issueId: issueId("issue_id")
      .notNull()
      .references(() => issue.id),
    kind: text().notNull(),
    at: instant().notNull(),
    /** When a reminder that repeats was first due; null: with this entry. */
    firstAt: instant("first_at"),
    state: text({ enum: CLOCK_STATES }).notNull().default("open"),
    doneAt: instant("done_at"),
  },
  (t) => [index("issue_clock_due").on(t.state, t.at), index("issue_clock_by_issue").on(t.issueId, t.state)],
);

/**
 * What the clock has for one person about one issue: written with what has come about, told together with whatever else the
 * person gets at that time. A reminder stays until a newer one says the same.
 */
export const issueNotice = sqliteTable(
  "issue_notice",
  {
    id: id(),
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    issueId: issueId("issue_id")
      .notNull()
      .references(() => issue.id),
    /** The clock's entry. */
    clockId: integer("clock_id")
      .notNull()
      .references(() => issueClock.id),
    /** The delivery that told of it; null: it is still to be told. */
    outboxId: integer("outbox_id").references(() => outbox.id),
  },
  (t) => [
    uniqueIndex("issue_notice_once").on(t.clockId, t.personId),
    index("issue_notice_by_person").on(t.personId, t.outboxId, t.issueId),
    index("issue_notice_by_delivery").on(t.outboxId),
  ],
);

/** A file that belongs to an issue, or waits to be told to which; its bytes lie in the vault under `sha256`. */
export const evidence = sqliteTable(
  "evidence",
  {
    id: id(),
    issueId: issueId("issue_id").references(() => issue.id),
    kind: text({ enum: EVIDENCE_KINDS }).notNull(),
    /** The round of mending that its issue was in when it came; null while it belongs to none. */
    round: integer(),
    /** The picture handed in before that this one is the same as, or nearly. */
    twinId: integer("twin_id").references((): AnySQLiteColumn => evidence.id),
    personId: personId("person_id").references(() => person.id),
    at: instant().notNull(),
    /** Of the kept copy: a picture is drawn anew, without what its camera wrote into it. */
    sha256: text().notNull(),
    /** Of the file as it was sent, so that its sender can prove which one it was. */
    sentSha256: text("sent_sha256").notNull(),
    name: text().notNull(),
    type: text().notNull(),
    bytes: integer().notNull(),
    /** Pixels of a picture. */
    width: integer(),
    height: integer(),
    /** When the camera says that it was taken, its local time as ISO text. */
    takenAt: text("taken_at"),
    /** Degrees, WGS 84. */
    latitude: real(),
    longitude: real(),
    caption: text(),
    /** The platform's album that it came with. */
    album: text(),
    /** The message that brought it, so that a redelivery brings nothing. */
    inboxId: integer("inbox_id").references(() => inbox.id),
    /** When its term was over: what is known of it stays, its bytes have gone. Triggers allow that, and placing it, once. */
    removedAt: instant("removed_at"),
  },
  (t) => [
    index("evidence_by_issue").on(t.issueId, t.id),
    index("evidence_by_person").on(t.personId, t.id),
    index("evidence_by_content").on(t.sha256, t.id),
    index("evidence_by_sending").on(t.sentSha256, t.id),
    uniqueIndex("evidence_once").on(t.inboxId, t.sentSha256),
  ],
);

/**
 * What a kept picture looks like: its perceptual hash of 64 bits in four parts of 16, each in an index of its own, so that
 * what differs in few bits is found without a look at every picture. Null where there is nothing to see.
 */
export const pictureLook = sqliteTable(
  "picture_look",
  {
    sha256: text().primaryKey(),
    a: integer(),
    b: integer(),
    c: integer(),
    d: integer(),
  },
  (t) => [
    index("picture_look_a").on(t.a),
    index("picture_look_b").on(t.b),
    index("picture_look_c").on(t.c),
    index("picture_look_d").on(t.d),
  ],
);

/** A closed issue drawn for a look on the spot, by somebody of another unit. */
export const spotCheck = sqliteTable(
  "spot_check",
  {
    id: id(),
    issueId: issueId("issue_id")
      .notNull()
      .references(() => issue.id),
    checkerId: personId("checker_id")
      .notNull()
      .references(() => person.id),
    at: instant().notNull(),
    due: text().notNull(),
    state: text({ enum: SPOT_CHECK_STATES }).notNull().default("open"),
    checkedAt: instant("checked_at"),
    text: text(),
  },
  (t) => [
    index("spot_check_by_checker").on(t.checkerId, t.state),
    index("spot_check_by_issue").on(t.issueId),
  ],
);

/** A file prepared for discipline inspection; one person proposes it, another approves. */
export const transfer = sqliteTable("transfer", {
  id: id(),
  no: text().notNull().unique(),
  regionId: regionId("region_id")
    .notNull()
    .references(() => region.id),
  reason: text().notNull(),
  state: text({ enum: TRANSFER_STATES }).notNull().default("proposed"),
  version: integer().notNull().default(1),
  proposedBy: personId("proposed_by")
    .notNull()
    .references(() => person.id),
  proposedAt: instant("proposed_at").notNull(),
  decidedBy: personId("decided_by").references(() => person.id),
  /** Whom the two stood in for. */
  proposedFor: personId("proposed_for").references(() => person.id),
  decidedFor: personId("decided_for").references(() => person.id),
  decidedAt: instant("decided_at"),
  decision: text(),
});

export const transferIssue = sqliteTable(
  "transfer_issue",
  {
    id: id(),
    transferId: integer("transfer_id")
      .notNull()
      .references(() => transfer.id),
    issueId: issueId("issue_id")
      .notNull()
      .references(() => issue.id),
  },
  (t) => [
    uniqueIndex("transfer_issue_once").on(t.transferId, t.issueId),
    index("transfer_by_issue").on(t.issueId),
  ],
);
