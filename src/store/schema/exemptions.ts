import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { enterpriseId, id, instant, personId, regionId } from "./columns.ts";
import { enterprise } from "./enterprises.ts";
import { evidence } from "./issues.ts";
import { person } from "./people.ts";
import { region } from "./plan.ts";

/** 豁免清单: who is exempt from measures of a response to heavy pollution, on which basis, and by whom. Its past stays. */
export const exemption = sqliteTable(
  "exemption",
  {
    id: id(),
    /** The enterprise or site, in full. */
    name: text().notNull(),
    /** Where the name stands in the emergency list. */
    enterpriseId: enterpriseId("enterprise_id").references(() => enterprise.id),
    /** County-level region. */
    regionId: regionId("region_id")
      .notNull()
      .references(() => region.id),
    /** Id of a basis, such as grade-a. */
    basis: text().notNull(),
    grade: text(),
    /** What it is exempt from. */
    measures: text().notNull(),
    approvedBy: text("approved_by").notNull(),
    contact: text(),
    /** Digits alone. */
    phone: text(),
    from: text("from_day").notNull(),
    to: text("to_day").notNull(),
    /** Id of a state; that its time is over is told by its days. */
    state: text().notNull(),
    version: integer().notNull().default(1),
    evidenceId: integer("evidence_id").references(() => evidence.id),
    proposedAt: instant("proposed_at").notNull(),
    proposedBy: personId("proposed_by").references(() => person.id),
    /** The second signature, or why it wasn't given. */
    decidedAt: instant("decided_at"),
    decidedBy: personId("decided_by").references(() => person.id),
    revokedAt: instant("revoked_at"),
    revokedBy: personId("revoked_by").references(() => person.id),
    reason: text(),
    /** The import that brought it. */
    batchId: integer("batch_id"),
  },
  (t) => [
    index("exemption_by_name").on(t.name),
    index("exemption_by_enterprise").on(t.enterpriseId),
    index("exemption_by_end").on(t.to, t.state),
    index("exemption_by_batch").on(t.batchId),
  ],
);
