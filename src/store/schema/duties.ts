import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { departmentId, id, instant, personId, regionId } from "./columns.ts";
import { person } from "./people.ts";
import { department, region } from "./plan.ts";

/** What was done of a standing duty, once: a survey, an inspection, a rainmaking; who, when, where, and what came of it. */
export const dutyRecord = sqliteTable(
  "duty_record",
  {
    id: id(),
    /** A kind of the plan pack. */
    kind: text().notNull(),
    regionId: regionId("region_id").references(() => region.id),
    departmentId: departmentId("department_id").references(() => department.id),
    date: text().notNull(),
    place: text(),
    result: text().notNull(),
    personId: personId("person_id").references(() => person.id),
    recordedAt: instant("recorded_at").notNull(),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnBy: personId("withdrawn_by").references(() => person.id),
    withdrawnWhy: text("withdrawn_why"),
  },
  (t) => [index("duty_record_by_date").on(t.date, t.id), index("duty_record_by_kind").on(t.kind, t.date)],
);
