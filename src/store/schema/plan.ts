import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DepartmentId, RegionId } from "../../domain/ids.ts";
import type { TargetSpan } from "../../domain/plan/target-span.ts";
import { departmentId, instant, regionId } from "./columns.ts";

// The plan as loaded, and what counties are to reach.

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
    id: text().$type<RegionId>().primaryKey(),
    code: text(),
    name: text().notNull(),
    short: text().notNull(),
    kind: text({ enum: ["city", "county", "functional", "town", "bureau"] }).notNull(),
    validFrom: text("valid_from"),
    validTo: text("valid_to"),
    successor: text().$type<RegionId>(),
    sort: integer().notNull(),
    /** Of a town the region that it lies in, where the office has entered it: then the pack says nothing of it any more. */
    enteredIn: text("entered_in").$type<RegionId>(),
  },
  // Few are, of hundreds, and every look at the office asks for them.
  (t) => [index("region_entered").on(t.sort).where(sql.raw(`"entered_in" is not null`))],
);

export const department = sqliteTable("department", {
  id: text().$type<DepartmentId>().primaryKey(),
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
    departmentId: departmentId("department_id")
      .notNull()
      .references(() => department.id),
    part: text({ enum: ["lead", "support"] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.measureNo, t.departmentId] }),
    index("measure_department_by_department").on(t.departmentId, t.part),
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

/** Statutory days off and make-up working days that the office has entered: they go before the pack's of the same date. */
export const holiday = sqliteTable("holiday", {
  date: text().primaryKey(),
  kind: text({ enum: ["off", "work"] }).notNull(),
  name: text(),
});

/**
 * What each county is to reach, where the office has entered it: air targets and indicators alike. `span` is the part of the
 * plan's year that it holds for, as `TargetSpan` spells it.
 */
export const countyTarget = sqliteTable(
  "county_target",
  {
    regionId: regionId("region_id")
      .notNull()
      .references(() => region.id),
    indicator: text().notNull(),
    span: text().$type<TargetSpan>().notNull(),
    constraint: text("constraint_value"),
    stretch: text("stretch_value"),
  },
  (t) => [primaryKey({ columns: [t.regionId, t.indicator, t.span] })],
);
