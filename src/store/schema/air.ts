import { index, integer, primaryKey, real, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import { id, instant, personId, regionId } from "./columns.ts";
import { person } from "./people.ts";
import { region } from "./plan.ts";

// Stations, their days and the regions' days; the imports that brought them, and what was published of them.

export const station = sqliteTable("station", {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  regionId: regionId("region_id")
    .notNull()
    .references(() => region.id),
  /** National assessment station of the urban area: these make up the city's value. */
  national: integer({ mode: "boolean" }).notNull().default(false),
  /** The network's own code, such as 1001A: what national files call it. */
  code: text().unique(),
  /** First and last day of its data, both inclusive; null: not known, and none. */
  validFrom: text("valid_from"),
  validTo: text("valid_to"),
  longitude: real(),
  latitude: real(),
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

/**
 * Numbers of `batch`: who brought the values (null: nobody's file), and who had them audited (null: not audited; 0: audited
 * before there were batches). No foreign keys: 100,000 rows come in at once, and no batch is ever deleted.
 */
const brought = {
  batchId: integer("batch_id"),
  auditId: integer("audit_id"),
};

export const stationDay = sqliteTable(
  "station_day",
  {
    stationId: text("station_id")
      .notNull()
      .references(() => station.id),
    date: text().notNull(),
    ...sixPollutants,
    ...brought,
    /** Published as it is, or computed from the station's hours for want of that. */
    source: text({ enum: ["import", "hours"] })
      .notNull()
      .default("import"),
  },
  (t) => [primaryKey({ columns: [t.stationId, t.date] })],
);

/** Hours of stations. `o3` is the hour's mean; all in the units of a day. */
export const stationHour = sqliteTable(
  "station_hour",
  {
    stationId: text("station_id")
      .notNull()
      .references(() => station.id),
    /** Hours of the office's clock from the start of 1970 to the end of this one. */
    hour: integer().notNull(),
    ...sixPollutants,
    /** Why which of its values are doubted, as JSON: {"PM2.5":"flat"}; they stand here and enter no figure. Null: none is. */
    suspect: text(),
  },
  (t) => [primaryKey({ columns: [t.stationId, t.hour] })],
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
    ...brought,
  },
  (t) => [primaryKey({ columns: [t.regionId, t.date] })],
);

/** Dustfall of a point in a month. Months are YYYY-MM. */
export const dustfall = sqliteTable(
  "dustfall",
  {
    month: text().notNull(),
    regionId: regionId("region_id")
      .notNull()
      .references(() => region.id),
    site: text().notNull(),
    /** The town that the point stands in, where that is known. */
    townId: regionId("town_id").references(() => region.id),
    /** Hundredths of t/(km²·30 d); null: the sample was lost. */
    value: integer(),
    /** Tenths of a day that the jar stood out; null: not said. */
    exposure: integer(),
    note: text(),
  },
  (t) => [primaryKey({ columns: [t.month, t.regionId, t.site] })],
);

/** A county's place among the province's counties by a month's PM2.5. */
export const provincialRank = sqliteTable(
  "provincial_rank",
  {
    regionId: regionId("region_id")
      .notNull()
      .references(() => region.id),
    month: text().notNull(),
    /** Tenths of µg/m³. */
    pm25: integer(),
    /** Null: in neither of the lists that the province makes public. */
    rank: integer(),
    total: integer(),
    /** How many share the rank, itself included. */
    tied: integer().notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.regionId, t.month] }), index("provincial_rank_by_month").on(t.month)],
);

/** Corrections of imported values: the new one counts, the old one stays here with who and when. */
export const revision = sqliteTable(
  "revision",
  {
    id: id(),
    subject: text().notNull(),
    before: text().notNull(),
    after: text().notNull(),
    personId: personId("person_id").references(() => person.id),
    at: instant().notNull(),
    /** The batch that brought `after`, and the one that `before` was of. */
    batchId: integer("batch_id"),
    replaces: integer(),
  },
  (t) => [index("revision_by_batch").on(t.batchId), index("revision_by_replaced").on(t.replaces)],
);

/** What was entered at once: a file, or the audit of a month. Its number is what people call it by; none is ever reused. */
export const batch = sqliteTable(
  "batch",
  {
    id: integer().primaryKey(),
    kind: text().notNull(),
    /** Null: from a terminal. */
    personId: personId("person_id").references(() => person.id),
    at: instant().notNull(),
    name: text().notNull(),
    /** Of the file; null where there was none. */
    sha256: text(),
    rows: integer().notNull(),
    added: integer().notNull(),
    corrected: integer().notNull(),
    unchanged: integer().notNull(),
    /** What its figures say of themselves, where they do. */
    dataState: text("data_state"),
    /** First and last day whose figures it has changed. */
    firstDay: text("first_day"),
    lastDay: text("last_day"),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnBy: personId("withdrawn_by").references(() => person.id),
    withdrawnWhy: text("withdrawn_why"),
  },
  (t) => [index("batch_by_hash").on(t.sha256)],
);

/** What earlier versions sent with figures in it: `official_paper` has taken all of it over. @public a table that no version drops. */
export const publication = sqliteTable(
  "publication",
  {
    id: id(),
    job: text().notNull(),
    slot: instant().notNull(),
    title: text().notNull(),
    firstDay: text("first_day").notNull(),
    lastDay: text("last_day").notNull(),
    /** The days that the figures were made of and compared with, as JSON: [[from, to], …]. */
    restsOn: text("rests_on").notNull(),
    /** Numbers of the batches that those days were of, as JSON. */
    batches: text().notNull(),
    /** The printed figures as JSON; null where none were kept. */
    figures: text(),
  },
  (t) => [unique("publication_once").on(t.job, t.slot), index("publication_by_day").on(t.lastDay)],
);

/** A station that somebody looks after (点位长): its figures are theirs to see first. */
export const ownStation = sqliteTable(
  "own_station",
  {
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    stationId: text("station_id")
      .notNull()
      .references(() => station.id),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.stationId] })],
);
