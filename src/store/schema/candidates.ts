import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import { departmentId, id, instant, personId, regionId } from "./columns.ts";
import { person } from "./people.ts";
import { department, region } from "./plan.ts";

// Whom a letter or a 约谈 may go to, and what the office made of that.

/**
 * A unit that the plan's rules name for a paper, or that somebody adds: one row a paper, month and unit. What led to it is
 * kept as it stood when the row was last written, so that a reader sees years later what was decided on.
 */
export const paperCandidate = sqliteTable(
  "paper_candidate",
  {
    id: id(),
    /** Kind of paper, such as `interview`. */
    kind: text().notNull(),
    /** The newest month that it rests on, `YYYY-MM`. */
    period: text().notNull(),
    regionId: regionId("region_id").references(() => region.id),
    departmentId: departmentId("department_id").references(() => department.id),
    state: text().notNull(),
    facts: text().notNull(),
    /** Why it was added, struck or let go. */
    reason: text(),
    proposedAt: instant("proposed_at").notNull(),
    /** Null: by the rule. */
    proposedBy: personId("proposed_by").references(() => person.id),
    decidedAt: instant("decided_at"),
    decidedBy: personId("decided_by").references(() => person.id),
  },
  (t) => [
    unique("paper_candidate_region").on(t.kind, t.period, t.regionId),
    unique("paper_candidate_department").on(t.kind, t.period, t.departmentId),
    index("paper_candidate_by_state").on(t.kind, t.state),
    check("paper_candidate_unit", sql.raw(`("region_id" is null) <> ("department_id" is null)`)),
  ],
);

/** What became of a candidate after the paper was issued: minutes, a plan, the release; never altered. */
export const paperCandidateStep = sqliteTable(
  "paper_candidate_step",
  {
    id: id(),
    candidateId: integer("candidate_id")
      .notNull()
      .references(() => paperCandidate.id),
    step: text().notNull(),
    detail: text().notNull(),
    at: instant().notNull(),
    personId: personId("person_id").references(() => person.id),
  },
  (t) => [index("paper_candidate_step_by_candidate").on(t.candidateId, t.id)],
);
