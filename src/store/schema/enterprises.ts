import { index, integer, real, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import type { EnterpriseId } from "../../domain/ids.ts";
import { enterpriseId, id, instant, regionId } from "./columns.ts";
import { region } from "./plan.ts";

// The emergency list 重污染天气应急减排清单: enterprises, and what each does at which level of an alert (一厂一策).

export const enterprise = sqliteTable(
  "enterprise",
  {
    id: id<EnterpriseId>(),
    /** In full, as it stands in the list. */
    name: text().notNull().unique(),
    /** County-level region. */
    regionId: regionId("region_id")
      .notNull()
      .references(() => region.id),
    industry: text().notNull(),
    /** A, B, C, D or 引领性 and the like: 绩效分级 as the list has it, in capital letters. */
    grade: text().notNull(),
    contactName: text("contact_name"),
    /** Digits alone. */
    contactPhone: text("contact_phone"),
    /** Number of the meter by which its use of electricity is watched. */
    meterNo: text("meter_no"),
    longitude: real(),
    latitude: real(),
    /** The last day on which it stood in the list; null: still does. */
    endedOn: text("ended_on"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [index("enterprise_by_region").on(t.regionId)],
);

export const enterpriseMeasure = sqliteTable(
  "enterprise_measure",
  {
    id: id(),
    enterpriseId: enterpriseId("enterprise_id")
      .notNull()
      .references(() => enterprise.id),
    /** The id of a level of alert: yellow, orange, red. */
    level: text().notNull(),
    measure: text().notNull(),
    /** What can be checked on the spot: 可核查指标. */
    indicator: text().notNull(),
    /** Its place in the list. */
    seq: integer().notNull(),
  },
  (t) => [unique("enterprise_measure_once").on(t.enterpriseId, t.level, t.measure)],
);
