import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, personId } from "./columns.ts";
import { person } from "./people.ts";

/** A stretch of days that the office guarantees the air of, 进博会, or that has targets of its own; beside those of the plan pack. */
export const guarantee = sqliteTable(
  "guarantee",
  {
    id: id(),
    /** The one of the pack that it takes the place of, by its id there. */
    packId: text("pack_id"),
    name: text().notNull(),
    from: text("from_date").notNull(),
    to: text("to_date").notNull(),
    /** JSON, read by src/domain/seasons. */
    targets: text().notNull(),
    measures: text(),
    createdAt: instant("created_at").notNull(),
    createdBy: personId("created_by").references(() => person.id),
    cancelledAt: instant("cancelled_at"),
    cancelledBy: personId("cancelled_by").references(() => person.id),
    cancelledWhy: text("cancelled_why"),
  },
  (t) => [index("guarantee_by_days").on(t.to, t.from)],
);
