import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, personId } from "./columns.ts";
import { person } from "./people.ts";

/**
 * A slot that the office has moved by hand. Its planned instant goes on naming it; the row stays when it has run, since
 * without it the slot would be looked for at its planned time again.
 */
export const slotMove = sqliteTable(
  "slot_move",
  {
    job: text().notNull(),
    slot: instant().notNull(),
    /** When it goes out instead. */
    due: instant().notNull(),
    /** How often it has been moved: what somebody saw before the last time is outdated. */
    times: integer().notNull(),
    movedBy: personId("moved_by")
      .notNull()
      .references(() => person.id),
    movedAt: instant("moved_at").notNull(),
    reason: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.job, t.slot] })],
);

/** A time in which nothing of a job goes out: what comes due from `paused_at` on, before `ended_at`. */
export const jobPause = sqliteTable(
  "job_pause",
  {
    id: id(),
    job: text().notNull(),
    pausedAt: instant("paused_at").notNull(),
    /** Its last day, ISO; null: until somebody ends it. */
    until: text(),
    /** The end of its last day, or the moment in which somebody ended it. */
    endedAt: instant("ended_at"),
    /** When the office is asked what becomes of the slots that fell into it; null once that is done, or while it has no end. */
    askAt: instant("ask_at"),
    pausedBy: personId("paused_by")
      .notNull()
      .references(() => person.id),
    reason: text().notNull(),
    endedBy: personId("ended_by").references(() => person.id),
  },
  (t) => [index("job_pause_by_job").on(t.job, t.pausedAt)],
);

/** An address under which somebody's calendar programme reads their dates. */
export const calendarFeed = sqliteTable(
  "calendar_feed",
  {
    id: id(),
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    /** Of the address's secret, which is kept nowhere. */
    keyHash: text("key_hash").notNull().unique(),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [index("calendar_feed_by_person").on(t.personId)],
);
