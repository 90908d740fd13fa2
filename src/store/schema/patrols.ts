import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PatrolOutcome } from "../../domain/patrols/outcome.ts";
import { station } from "./air.ts";
import { id, instant, issueId, personId } from "./columns.ts";
import { evidence, issue } from "./issues.ts";
import { person } from "./people.ts";

// Station chiefs' patrols: who was at which station when, and what they found.

/** Somebody was at a station to look round. */
export const patrol = sqliteTable(
  "patrol",
  {
    id: id(),
    stationId: text("station_id")
      .notNull()
      .references(() => station.id),
    personId: personId("person_id")
      .notNull()
      .references(() => person.id),
    /** The chief whom they stood in for. */
    forId: personId("for_id").references(() => person.id),
    at: instant().notNull(),
    /** The office's day, ISO. */
    date: text().notNull(),
    /** Null: nobody has said yet. */
    outcome: text().$type<PatrolOutcome>(),
    words: text(),
    /** What was found, as the problem that it has become. */
    issueId: issueId("issue_id").references(() => issue.id),
  },
  (t) => [
    index("patrol_by_station").on(t.stationId, t.date),
    index("patrol_by_person").on(t.personId, t.date),
    index("patrol_by_issue").on(t.issueId),
  ],
);

/** A picture that was taken on a patrol; its own place and time tell how far from the station that was. */
export const patrolPhoto = sqliteTable(
  "patrol_photo",
  {
    patrolId: integer("patrol_id")
      .notNull()
      .references(() => patrol.id),
    evidenceId: integer("evidence_id")
      .notNull()
      .references(() => evidence.id),
  },
  (t) => [primaryKey({ columns: [t.evidenceId] }), index("patrol_photo_by_patrol").on(t.patrolId)],
);
