import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, personId, regionId } from "./columns.ts";
import { person } from "./people.ts";
import { region } from "./plan.ts";

// Stations, their days and the regions' days.

export const station = sqliteTable("station", {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  regionId: regionId("region_id")
    .notNull()
    .references(() => region.id),
  /** National assessment station of the urban area: these make up the city's value. */
  national: integer({ mode: "boolean" }).notNull().default(false),
});

const sixPollutants = {
  pm25: integer(),
  pm10: integer(),
  o3: integer(),
  no2: integer(),
  so2: integer(),
  /** Tenths of mg/m³; the other five are µg/m³. */
  co: integer(),
};

export const stationDay = sqliteTable(
  "station_day",
  {
    stationId: text("station_id")
      .notNull()
      .references(() => station.id),
    date: text().notNull(),
    ...sixPollutants,
  },
  (t) => [primaryKey({ columns: [t.stationId, t.date] })],
);

/** One published day of a region; maintained from its stations, or imported as it is. */
export const regionDay = sqliteTable(
  "region_day",
  {
    regionId: regionId("region_id")
      .notNull()
      .references(() => region.id),
    date: text().notNull(),
    ...sixPollutants,
    source: text({ enum: ["stations", "import"] }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.regionId, t.date] })],
);

/** Corrections of imported values: the new one counts, the old one stays here with who and when. */
export const revision = sqliteTable("revision", {
  id: id(),
  subject: text().notNull(),
  before: text().notNull(),
  after: text().notNull(),
  personId: personId("person_id").references(() => person.id),
  at: instant().notNull(),
});
