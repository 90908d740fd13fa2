import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, personId, regionId } from "./columns.ts";
import { person } from "./people.ts";
import { indicator, region } from "./plan.ts";

/** Reports of progress, append-only: the newest row of a date counts, the older ones remain as history. */
export const progress = sqliteTable(
  "progress",
  {
    id: id(),
    indicatorId: text("indicator_id")
      .notNull()
      .references(() => indicator.id),
    regionId: regionId("region_id").references(() => region.id),
    date: text().notNull(),
    value: text().notNull(),
    note: text(),
    personId: personId("person_id").references(() => person.id),
    reportedAt: instant("reported_at").notNull(),
  },
  (t) => [index("progress_by_indicator").on(t.indicatorId, t.regionId, t.date, t.id)],
);
