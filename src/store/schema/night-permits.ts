import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, issueId, personId, regionId } from "./columns.ts";
import { issue } from "./issues.ts";
import { person } from "./people.ts";
import { region } from "./plan.ts";

// 夜间施工许可: who may build at night, and where dustfall has tightened that.

/** A permit, or the application for one; its past is in the audit log. */
export const nightPermit = sqliteTable(
  "night_permit",
  {
    id: id(),
    /** County-level region of the site. */
    regionId: regionId("region_id")
      .notNull()
      .references(() => region.id),
    site: text().notNull(),
    /** Why it can't wait for the day: 混凝土连续浇筑, 抢修. */
    basis: text().notNull(),
    /** First and last day whose nights it covers. */
    from: text("from_day").notNull(),
    to: text("to_day").notNull(),
    /** Id of a state of a permit; that its time is over is told by its days. */
    state: text().notNull(),
    version: integer().notNull().default(1),
    /** Who granted it, as it stands on the permit. */
    approvedBy: text("approved_by"),
    /** Why it was refused, suspended or withdrawn. */
    reason: text(),
    appliedAt: instant("applied_at").notNull(),
    appliedBy: personId("applied_by").references(() => person.id),
    decidedAt: instant("decided_at"),
    decidedBy: personId("decided_by").references(() => person.id),
  },
  (t) => [
    index("night_permit_by_site").on(t.regionId, t.site),
    index("night_permit_by_end").on(t.to, t.regionId),
  ],
);

/** A county's time under tightened permits: from the month's dustfall that was over to the one that meets the limit. */
export const nightTightening = sqliteTable(
  "night_tightening",
  {
    id: id(),
    regionId: regionId("region_id")
      .notNull()
      .references(() => region.id),
    /** The month, YYYY-MM, and its dustfall in tenths of t/(km²·30 d), as it was told last. */
    month: text().notNull(),
    tenths: integer().notNull(),
    since: text().notNull(),
    /** The check of haulage that was given out for it. */
    issueId: issueId("issue_id").references(() => issue.id),
    /** The day on which it was lifted, and the month that met the limit. */
    liftedOn: text("lifted_on"),
    liftedMonth: text("lifted_month"),
  },
  (t) => [index("night_tightening_by_region").on(t.regionId, t.id)],
);
