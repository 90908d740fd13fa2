import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { station } from "./air.ts";
import { id, instant, issueId, personId } from "./columns.ts";
import { evidence, issue } from "./issues.ts";
import { person } from "./people.ts";

// What sends the bot hours by itself, which hours are still to be judged, and the anomalies that came of them.

/** A machine that may send hours: by a secret of its own, which opens nothing else and is kept nowhere. */
export const ingestSource = sqliteTable("ingest_source", {
  id: id(),
  name: text().notNull(),
  tokenHash: text("token_hash").notNull().unique(),
  createdAt: instant("created_at").notNull(),
  createdBy: personId("created_by").references(() => person.id),
  endedAt: instant("ended_at"),
  endedBy: personId("ended_by").references(() => person.id),
  /** When it last sent hours that could be entered. */
  lastAt: instant("last_at"),
});

/** An hour that is to be judged: once what usually comes in time is there, and again when something of it comes late. */
export const hourDue = sqliteTable(
  "hour_due",
  {
    /** As in `station_hour`. */
    hour: integer().primaryKey(),
    due: instant().notNull(),
  },
  (t) => [index("hour_due_by_time").on(t.due)],
);

/** An anomaly from its first hour to its last: one of a station, a rule and an item at a time. */
export const alertEpisode = sqliteTable(
  "alert_episode",
  {
    id: id(),
    stationId: text("station_id")
      .notNull()
      .references(() => station.id),
    rule: text().notNull(),
    /** Of the six; empty where the rule is about none of them. */
    item: text().notNull(),
    state: text().notNull(),
    firstHour: integer("first_hour").notNull(),
    /** The last hour in which the rule was broken. */
    lastHour: integer("last_hour").notNull(),
    /** The class of that hour, and the highest so far: 1 to 3. */
    rung: integer().notNull(),
    peak: integer().notNull(),
    /** The value of the last hour and the highest, in the stored units; what the others had, as JSON. */
    value: integer(),
    peakValue: integer("peak_value"),
    detail: text().notNull(),
    /** The highest class that people were told of, and when last; 0 and null: nobody was told. */
    told: integer().notNull().default(0),
    toldAt: instant("told_at"),
    /** When its end was told, or needed not to be. */
    clearedAt: instant("cleared_at"),
    cause: text(),
    causeWords: text("cause_words"),
    causeBy: personId("cause_by").references(() => person.id),
    causeAt: instant("cause_at"),
    issueId: issueId("issue_id").references(() => issue.id),
    /** Grows with each change: what tells one drawing of its card from others. */
    version: integer().notNull().default(1),
  },
  (t) => [
    uniqueIndex("alert_episode_once").on(t.stationId, t.rule, t.item, t.firstHour),
    index("alert_episode_by_hour").on(t.firstHour),
    index("alert_episode_by_last_hour").on(t.lastHour),
    index("alert_episode_to_tell").on(t.clearedAt),
  ],
);

/** What became of an episode: told, risen, cleared, explained, given out. */
export const alertEvent = sqliteTable(
  "alert_event",
  {
    id: id(),
    episodeId: integer("episode_id")
      .notNull()
      .references(() => alertEpisode.id),
    at: instant().notNull(),
    kind: text().notNull(),
    hour: integer(),
    rung: integer(),
    value: integer(),
    personId: personId("person_id").references(() => person.id),
    text: text(),
  },
  (t) => [index("alert_event_by_episode").on(t.episodeId, t.id)],
);

/** A picture of what an anomaly comes from. */
export const alertPhoto = sqliteTable(
  "alert_photo",
  {
    episodeId: integer("episode_id")
      .notNull()
      .references(() => alertEpisode.id),
    evidenceId: integer("evidence_id")
      .notNull()
      .references(() => evidence.id),
  },
  (t) => [primaryKey({ columns: [t.evidenceId] }), index("alert_photo_by_episode").on(t.episodeId)],
);
