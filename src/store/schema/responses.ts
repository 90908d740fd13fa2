import { index, integer, real, sqliteTable, text, unique, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { ResponseId } from "../../domain/ids.ts";
import { departmentId, enterpriseId, id, instant, issueId, personId, regionId } from "./columns.ts";
import { enterprise } from "./enterprises.ts";
import { evidence, issue } from "./issues.ts";
import { person } from "./people.ts";
import { department, region } from "./plan.ts";

// Responses to heavy pollution 重污染天气应急响应 and 削峰: what was started by which order, who was ordered what, and what they did.

const responseId = (name: string) => integer(name).$type<ResponseId>();

export const response = sqliteTable(
  "response",
  {
    id: id<ResponseId>(),
    /** alert: follows the province's alert; peak-shaving: the city's own short action, which is no alert. */
    kind: text({ enum: ["alert", "peak-shaving"] }).notNull(),
    /** A rehearsal: nothing of it counts anywhere. */
    drill: integer({ mode: "boolean" }).notNull(),
    /** The present level of an alert; null for 削峰, which has none. */
    level: text(),
    /** The order that started it, as the issuing body numbers it. */
    documentNo: text("document_no").notNull(),
    /** When it was issued, from when it holds, until when it is expected to last. */
    issuedAt: instant("issued_at").notNull(),
    effectiveFrom: instant("effective_from").notNull(),
    expectedEnd: instant("expected_end"),
    /** Once the level was changed, the order that changed it and from when that holds. */
    levelDocumentNo: text("level_document_no"),
    levelFrom: instant("level_from"),
    /** County-level regions as JSON; null: the whole city. */
    area: text(),
    /** The order itself, where it was sent as a file. */
    evidenceId: integer("evidence_id").references(() => evidence.id),
    /** Counts changes of level, from 1: each is a roll-call of its own. */
    round: integer().notNull().default(1),
    startedAt: instant("started_at").notNull(),
    startedBy: personId("started_by").references(() => person.id),
    endedAt: instant("ended_at"),
    endedBy: personId("ended_by").references(() => person.id),
    /** The order that lifted it, or why it ended otherwise. */
    endedWhy: text("ended_why"),
  },
  (t) => [
    unique("response_order_once").on(t.documentNo, t.kind, t.drill),
    index("response_by_end").on(t.endedAt, t.id),
  ],
);

/** Each level that a response has had, the first one too. */
export const responseLevel = sqliteTable(
  "response_level",
  {
    id: id(),
    responseId: responseId("response_id")
      .notNull()
      .references(() => response.id),
    round: integer().notNull(),
    level: text(),
    documentNo: text("document_no").notNull(),
    effectiveFrom: instant("effective_from").notNull(),
    at: instant().notNull(),
    by: personId("by_id").references(() => person.id),
  },
  (t) => [unique("response_level_round").on(t.responseId, t.round)],
);

/** What one unit was ordered in a round: a county, a department or an enterprise. */
export const responseOrder = sqliteTable(
  "response_order",
  {
    id: id(),
    responseId: responseId("response_id")
      .notNull()
      .references(() => response.id),
    round: integer().notNull(),
    /** `region:haian`, `department:zjj`, `enterprise:12`. */
    unit: text().notNull(),
    /** Of a county its own, of an enterprise the one that it lies in. */
    regionId: regionId("region_id").references(() => region.id),
    departmentId: departmentId("department_id").references(() => department.id),
    enterpriseId: enterpriseId("enterprise_id").references(() => enterprise.id),
    grade: text(),
    /** What it has to do, with what can be checked, as JSON. */
    measures: text().notNull(),
    /** Why it was ordered nothing: it stood in the exemption list. */
    exempt: text(),
    /** When it was told; null while nobody speaks for it. */
    toldAt: instant("told_at"),
    acknowledgedAt: instant("acknowledged_at"),
    acknowledgedBy: personId("acknowledged_by").references(() => person.id),
    executedAt: instant("executed_at"),
  },
  (t) => [
    unique("response_order_unit").on(t.responseId, t.round, t.unit),
    index("response_order_by_enterprise").on(t.enterpriseId, t.responseId),
  ],
);

/** What a unit has shown of what it does: a photo, a reading of its meter, words. */
export const responseExecution = sqliteTable(
  "response_execution",
  {
    id: id(),
    orderId: integer("order_id")
      .notNull()
      .references(() => responseOrder.id),
    at: instant().notNull(),
    personId: personId("person_id").references(() => person.id),
    evidenceId: integer("evidence_id").references(() => evidence.id),
    /** Of its meter, kWh. */
    reading: real(),
    text: text(),
  },
  (t) => [
    index("response_execution_by_order").on(t.orderId, t.id),
    uniqueIndex("response_execution_file").on(t.orderId, t.evidenceId),
  ],
);

/** What a county reports at a time of day that the pack names. */
export const responseReport = sqliteTable(
  "response_report",
  {
    id: id(),
    responseId: responseId("response_id")
      .notNull()
      .references(() => response.id),
    regionId: regionId("region_id")
      .notNull()
      .references(() => region.id),
    /** The time for which it was asked for. */
    due: instant().notNull(),
    /** Null: it was asked for and hasn't come. */
    at: instant(),
    by: personId("by_id").references(() => person.id),
    /** Enterprises that carry out their measures, of so many that were ordered some; null until it has come. */
    executing: integer(),
    ordered: integer(),
    text: text(),
  },
  (t) => [unique("response_report_once").on(t.responseId, t.regionId, t.due)],
);

/** An enterprise that was drawn to be looked at on the spot. */
export const responseCheck = sqliteTable(
  "response_check",
  {
    id: id(),
    responseId: responseId("response_id")
      .notNull()
      .references(() => response.id),
    orderId: integer("order_id")
      .notNull()
      .references(() => responseOrder.id),
    drawnAt: instant("drawn_at").notNull(),
    outcome: text({ enum: ["carried-out", "not-carried-out"] }),
    at: instant(),
    by: personId("by_id").references(() => person.id),
    text: text(),
    issueId: issueId("issue_id").references(() => issue.id),
  },
  (t) => [unique("response_check_once").on(t.responseId, t.orderId)],
);

/** What falls due in a response, worked off once: reminders, reports, the summary. */
export const responseClock = sqliteTable(
  "response_clock",
  {
    id: id(),
    responseId: responseId("response_id")
      .notNull()
      .references(() => response.id),
    round: integer().notNull(),
    kind: text().notNull(),
    at: instant().notNull(),
    doneAt: instant("done_at"),
  },
  (t) => [
    unique("response_clock_once").on(t.responseId, t.round, t.kind, t.at),
    index("response_clock_due").on(t.doneAt, t.at),
  ],
);
