import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, issueId, personId } from "./columns.ts";
import { evidence, issue } from "./issues.ts";
import { person } from "./people.ts";

// 曝光: problems that the office makes public, prepared so that no person can be known by them.

/** A problem chosen to be made public: what is said of it, and what its county says to that. */
export const exposure = sqliteTable(
  "exposure",
  {
    id: id(),
    issueId: issueId("issue_id")
      .notNull()
      .references(() => issue.id),
    state: text().notNull(),
    /** What is printed of it, without personal data. */
    text: text().notNull(),
    chosenAt: instant("chosen_at").notNull(),
    chosenBy: personId("chosen_by").references(() => person.id),
    informedAt: instant("informed_at"),
    /** Last day on which the county may object. */
    objectBy: text("object_by"),
    county: text().notNull().default("silent"),
    objection: text(),
    countyBy: personId("county_by").references(() => person.id),
    countyAt: instant("county_at"),
    /** What the office has answered to the objection, or why it struck the problem. */
    answer: text(),
    decidedBy: personId("decided_by").references(() => person.id),
    decidedAt: instant("decided_at"),
  },
  (t) => [index("exposure_by_issue").on(t.issueId, t.id), index("exposure_by_state").on(t.state, t.id)],
);

/** A picture that goes with it, and what of the picture is covered. */
export const exposurePicture = sqliteTable(
  "exposure_picture",
  {
    exposureId: integer("exposure_id")
      .notNull()
      .references(() => exposure.id),
    evidenceId: integer("evidence_id")
      .notNull()
      .references(() => evidence.id),
    /** `left,top,width,height;…` in thousandths; 无. */
    boxes: text().notNull(),
    personId: personId("person_id").references(() => person.id),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.exposureId, t.evidenceId] })],
);
