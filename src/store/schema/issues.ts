import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { ISSUE_STATES, id, instant, oneOf } from "./columns.ts";
import { person } from "./people.ts";
import { department, region } from "./plan.ts";

// Issues and their history.

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
