import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

/**
 * The store's tables. Dates are ISO text of the office's calendar, instants integer milliseconds UTC.
 * The migration adds what drizzle cannot say: STRICT, WITHOUT ROWID and the audit log's triggers.
 */

export const ROLES = [
  "office",
  "city-lead",
  "supervision",
  "county-lead",
  "county-liaison",
  "department-liaison",
  "station-chief",
] as const;
export const PLATFORMS = ["web", "terminal", "slack", "telegram"] as const;
export const ISSUE_STATES = ["assigned", "rectifying", "submitted"] as const;
export const OUTBOX_STATES = ["pending", "sending", "sent", "failed", "ambiguous"] as const;

const oneOf = (column: { name: string }, values: readonly string[]) =>
  sql.raw(`"${column.name}" in (${values.map((v) => `'${v}'`).join(", ")})`);
const id = () => integer().primaryKey({ autoIncrement: true });
const instant = (name?: string) => (name ? integer(name) : integer());

/** Single values of the installation: demonstration flag and clock, plan pack, first start. */
export const setting = sqliteTable("setting", { key: text().primaryKey(), value: text().notNull() });

/** The plan packs as loaded; the tables after it carry the keys and columns that SQL needs. */
export const plan = sqliteTable("plan", {
  id: text().primaryKey(),
  json: text().notNull(),
  sha256: text().notNull(),
  loadedAt: instant("loaded_at").notNull(),
});

export const region = sqliteTable(
  "region",
  {
    id: text().primaryKey(),
    code: text(),
    name: text().notNull(),
    short: text().notNull(),
    kind: text({ enum: ["city", "county", "functional"] }).notNull(),
    validFrom: text("valid_from"),
    validTo: text("valid_to"),
    successor: text(),
    sort: integer().notNull(),
  },
  (t) => [check("region_kind", oneOf(t.kind, ["city", "county", "functional"]))],
);

export const department = sqliteTable("department", {
  id: text().primaryKey(),
  name: text().notNull(),
  short: text().notNull(),
});

export const measure = sqliteTable("measure", {
  no: text().primaryKey(),
  groupNo: integer("group_no").notNull(),
  title: text().notNull(),
});

export const measureDepartment = sqliteTable(
  "measure_department",
  {
    measureNo: text("measure_no")
      .notNull()
      .references(() => measure.no),
    departmentId: text("department_id")
      .notNull()
      .references(() => department.id),
    part: text({ enum: ["lead", "support"] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.measureNo, t.departmentId] }),
    index("measure_department_by_department").on(t.departmentId, t.part),
    check("measure_department_part", oneOf(t.part, ["lead", "support"])),
  ],
);

export const indicator = sqliteTable(
  "indicator",
  {
    id: text().primaryKey(),
    measureNo: text("measure_no")
      .notNull()
      .references(() => measure.no),
    name: text().notNull(),
    value: text().notNull(),
    unit: text().notNull(),
    deadline: text().notNull(),
  },
  (t) => [index("indicator_by_measure").on(t.measureNo)],
);

/** What each county is to reach, where the office has entered it: air targets and indicators alike. */
export const countyTarget = sqliteTable(
  "county_target",
  {
    regionId: text("region_id")
      .notNull()
      .references(() => region.id),
    indicator: text().notNull(),
    constraint: text("constraint_value"),
    stretch: text("stretch_value"),
  },
  (t) => [primaryKey({ columns: [t.regionId, t.indicator] })],
);

/** Reports of progress, append-only: the newest row of a date counts, the older ones remain as history. */
export const progress = sqliteTable(
  "progress",
  {
    id: id(),
    indicatorId: text("indicator_id")
      .notNull()
      .references(() => indicator.id),
    regionId: text("region_id").references(() => region.id),
    date: text().notNull(),
    value: text().notNull(),
    note: text(),
    personId: integer("person_id").references(() => person.id),
    reportedAt: instant("reported_at").notNull(),
  },
  (t) => [index("progress_by_indicator").on(t.indicatorId, t.regionId, t.date, t.id)],
);

export const person = sqliteTable(
  "person",
  {
    id: id(),
    name: text().notNull().unique(),
    role: text({ enum: ROLES }).notNull(),
    regionId: text("region_id").references(() => region.id),
    departmentId: text("department_id").references(() => department.id),
    active: integer({ mode: "boolean" }).notNull().default(true),
    pushPlatform: text("push_platform", { enum: PLATFORMS }).notNull().default("web"),
    /** Hours of the day (office time) within which nothing but urgent notices is pushed; null: always. */
    quietFrom: integer("quiet_from"),
    quietTo: integer("quiet_to"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check("person_role", oneOf(t.role, ROLES)),
    check(
      "person_scope",
      sql.raw(
        `("role" in ('county-lead','county-liaison','station-chief')) = ("region_id" is not null) and ("role" = 'department-liaison') = ("department_id" is not null)`,
      ),
    ),
    check("person_push_platform", oneOf(t.pushPlatform, PLATFORMS)),
  ],
);

/** A person's identity on a platform: the platform's own user key, never a display name. */
export const account = sqliteTable(
  "account",
  {
    id: id(),
    platform: text({ enum: PLATFORMS }).notNull(),
    workspace: text().notNull().default(""),
    userKey: text("user_key").notNull(),
    personId: integer("person_id")
      .notNull()
      .references(() => person.id),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    unique("account_identity").on(t.platform, t.workspace, t.userKey),
    index("account_by_person").on(t.personId),
    check("account_platform", oneOf(t.platform, PLATFORMS)),
  ],
);

/** A group or channel that the office has bound to what it is about; its notices go there too. */
export const chat = sqliteTable(
  "chat",
  {
    id: id(),
    platform: text({ enum: PLATFORMS }).notNull(),
    workspace: text().notNull().default(""),
    /** The platform's id of the group; changes when Telegram turns it into a supergroup. */
    chatKey: text("chat_key").notNull(),
    regionId: text("region_id").references(() => region.id),
    departmentId: text("department_id").references(() => department.id),
    /** Neither region nor department: the office's own group. */
    active: integer({ mode: "boolean" }).notNull().default(true),
    boundBy: integer("bound_by").references(() => person.id),
    boundAt: instant("bound_at").notNull(),
  },
  (t) => [
    unique("chat_identity").on(t.platform, t.workspace, t.chatKey),
    check("chat_platform", oneOf(t.platform, PLATFORMS)),
  ],
);

/** A form being filled question by question, where a platform has no forms; it survives a restart. */
export const dialog = sqliteTable(
  "dialog",
  {
    personId: integer("person_id")
      .primaryKey()
      .references(() => person.id),
    platform: text({ enum: PLATFORMS }).notNull(),
    /** Token of the button whose form is being filled. */
    token: text().notNull(),
    /** The form's fields, and the answers so far, as JSON. */
    fields: text().notNull(),
    answers: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [check("dialog_platform", oneOf(t.platform, PLATFORMS))],
);

export const invitation = sqliteTable(
  "invitation",
  {
    id: id(),
    codeHash: text("code_hash").notNull().unique(),
    name: text().notNull(),
    role: text({ enum: ROLES }).notNull(),
    regionId: text("region_id").references(() => region.id),
    departmentId: text("department_id").references(() => department.id),
    createdBy: integer("created_by").references(() => person.id),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    usedBy: integer("used_by").references(() => person.id),
  },
  (t) => [check("invitation_role", oneOf(t.role, ROLES))],
);

export const station = sqliteTable("station", {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  regionId: text("region_id")
    .notNull()
    .references(() => region.id),
  /** National assessment station of the urban area: these make up the city's value. */
  national: integer({ mode: "boolean" }).notNull().default(false),
});

const sixPollutants = {
  pm25: integer(),
  pm10: integer(),
  o3: integer(),
  no2: integer(),
  so2: integer(),
  /** Tenths of mg/m³; the other five are µg/m³. */
  co: integer(),
};

export const stationDay = sqliteTable(
  "station_day",
  {
    stationId: text("station_id")
      .notNull()
      .references(() => station.id),
    date: text().notNull(),
    ...sixPollutants,
  },
  (t) => [primaryKey({ columns: [t.stationId, t.date] })],
);

/** One published day of a region; maintained from its stations, or imported as it is. */
export const regionDay = sqliteTable(
  "region_day",
  {
    regionId: text("region_id")
      .notNull()
      .references(() => region.id),
    date: text().notNull(),
    ...sixPollutants,
    source: text({ enum: ["stations", "import"] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.regionId, t.date] }),
    check("region_day_source", oneOf(t.source, ["stations", "import"])),
  ],
);

/** Corrections of imported values: the new one counts, the old one stays here with who and when. */
export const revision = sqliteTable("revision", {
  id: id(),
  subject: text().notNull(),
  before: text().notNull(),
  after: text().notNull(),
  personId: integer("person_id").references(() => person.id),
  at: instant().notNull(),
});

export const issue = sqliteTable(
  "issue",
  {
    id: id(),
    no: text().notNull().unique(),
    title: text().notNull(),
    source: text().notNull(),
    level: text().notNull(),
    place: text(),
    requirement: text(),
    regionId: text("region_id")
      .notNull()
      .references(() => region.id),
    departmentId: text("department_id").references(() => department.id),
    state: text({ enum: ISSUE_STATES }).notNull(),
    version: integer().notNull().default(1),
    assignedBy: integer("assigned_by").references(() => person.id),
    assignedAt: instant("assigned_at").notNull(),
    acknowledgedAt: instant("acknowledged_at"),
    submittedAt: instant("submitted_at"),
    /** Last day of the deadline, office calendar. */
    due: text().notNull(),
  },
  (t) => [
    check("issue_state", oneOf(t.state, ISSUE_STATES)),
    index("issue_by_region").on(t.regionId, t.state, t.due),
    index("issue_by_department").on(t.departmentId, t.state, t.due),
  ],
);

export const issueEvent = sqliteTable(
  "issue_event",
  {
    id: id(),
    issueId: integer("issue_id")
      .notNull()
      .references(() => issue.id),
    at: instant().notNull(),
    personId: integer("person_id").references(() => person.id),
    step: text().notNull(),
    fromState: text("from_state"),
    toState: text("to_state").notNull(),
    text: text(),
  },
  (t) => [index("issue_event_by_issue").on(t.issueId, t.id)],
);

/** Append-only, hash-chained: `hash = sha256(previous hash ‖ row)`. */
export const audit = sqliteTable(
  "audit",
  {
    id: id(),
    at: instant().notNull(),
    personId: integer("person_id").references(() => person.id),
    actor: text().notNull(),
    act: text().notNull(),
    subject: text(),
    outcome: text({ enum: ["done", "denied"] }).notNull(),
    detail: text().notNull(),
    previousHash: text("previous_hash").notNull(),
    hash: text().notNull().unique(),
  },
  (t) => [check("audit_outcome", oneOf(t.outcome, ["done", "denied"]))],
);

/** Everything that came in, committed before it is acknowledged; one inbound id has at most one effect. */
export const inbox = sqliteTable(
  "inbox",
  {
    id: id(),
    platform: text({ enum: PLATFORMS }).notNull(),
    externalId: text("external_id").notNull(),
    payload: text().notNull(),
    receivedAt: instant("received_at").notNull(),
    state: text({ enum: ["received", "done", "failed"] })
      .notNull()
      .default("received"),
    attempts: integer().notNull().default(0),
    /** Id of the reply's message row, so that a repeated request is answered with the first answer. */
    replyId: integer("reply_id"),
  },
  (t) => [
    unique("inbox_once").on(t.platform, t.externalId),
    index("inbox_waiting").on(t.state, t.id),
    check("inbox_state", oneOf(t.state, ["received", "done", "failed"])),
    check("inbox_platform", oneOf(t.platform, PLATFORMS)),
  ],
);

/** Everything that is to go out: written in the transaction that causes it, sent by the delivery worker. */
export const outbox = sqliteTable(
  "outbox",
  {
    id: id(),
    /** What makes a delivery the same delivery: `weekly-notice/2020-06-15T09:00/海安领导`. */
    key: text().notNull().unique(),
    kind: text({ enum: ["post", "edit"] })
      .notNull()
      .default("post"),
    /** The recipient: a person, on the platform of their choice, or a bound group. */
    personId: integer("person_id").references(() => person.id),
    chatId: integer("chat_id").references(() => chat.id),
    class: text({ enum: ["card", "must-arrive", "must-not-repeat"] }).notNull(),
    title: text().notNull(),
    card: text().notNull(),
    /** For edits: the message to draw again. */
    messageId: integer("message_id"),
    job: text(),
    slot: instant(),
    createdAt: instant("created_at").notNull(),
    state: text({ enum: OUTBOX_STATES }).notNull().default("pending"),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull().default(0),
    sentAt: instant("sent_at"),
    lastError: text("last_error"),
  },
  (t) => [
    index("outbox_waiting").on(t.state, t.nextAttemptAt, t.id),
    index("outbox_by_slot").on(t.job, t.slot),
    check("outbox_recipient", sql.raw(`("person_id" is null) <> ("chat_id" is null)`)),
    check("outbox_state", oneOf(t.state, OUTBOX_STATES)),
    check("outbox_class", oneOf(t.class, ["card", "must-arrive", "must-not-repeat"])),
    check("outbox_kind", oneOf(t.kind, ["post", "edit"])),
  ],
);

/** What stands in people's chats: receipts of deliveries and, for the console, the conversation itself. */
export const message = sqliteTable(
  "message",
  {
    id: id(),
    platform: text({ enum: PLATFORMS }).notNull(),
    personId: integer("person_id").references(() => person.id),
    /** Conversation of an unlinked visitor: the platform's own key. */
    chat: text(),
    /** The platform's id of the message; text, since Slack's is one. */
    externalId: text("external_id"),
    direction: text({ enum: ["in", "out"] }).notNull(),
    text: text(),
    card: text(),
    subject: text(),
    outboxId: integer("outbox_id")
      .unique()
      .references(() => outbox.id),
    at: instant().notNull(),
    /** Grows with every insert and edit of any message, so that a reader can ask what is new. */
    revision: integer().notNull(),
  },
  (t) => [
    index("message_by_person").on(t.personId, t.id),
    index("message_by_chat").on(t.chat, t.id),
    index("message_by_subject").on(t.subject),
    uniqueIndex("message_by_revision").on(t.revision),
    check("message_platform", oneOf(t.platform, PLATFORMS)),
    check("message_direction", oneOf(t.direction, ["in", "out"])),
  ],
);

/** A button as drawn for one person: the token is opaque, everything it means stands here. */
export const buttonToken = sqliteTable(
  "button_token",
  {
    token: text().primaryKey(),
    personId: integer("person_id")
      .notNull()
      .references(() => person.id),
    action: text().notNull(),
    params: text().notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [unique("button_token_once").on(t.personId, t.action, t.params)],
);

/** How far each job's schedule has been worked off. */
export const jobLedger = sqliteTable("job_ledger", {
  job: text().primaryKey(),
  lastSlot: instant("last_slot").notNull(),
});

/** One row for each slot that was decided: run on time, caught up, or skipped by the policy. */
export const jobRun = sqliteTable(
  "job_run",
  {
    job: text().notNull(),
    slot: instant().notNull(),
    state: text({ enum: ["ran", "caught-up", "skipped"] }).notNull(),
    at: instant().notNull(),
    deliveries: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.job, t.slot] }),
    check("job_run_state", oneOf(t.state, ["ran", "caught-up", "skipped"])),
  ],
);
