import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { id, instant, personId } from "./columns.ts";
import { issueEvent } from "./issues.ts";
import { person } from "./people.ts";

/**
 * The office's register of numbered papers, one row for each number that was ever given: none is left out, none is given
 * twice, and one that was taken back stays, void.
 */
export const documentNumber = sqliteTable(
  "document_number",
  {
    id: id(),
    /** Kind of paper, as the plan pack's patterns name it. */
    kind: text().notNull(),
    /** What the number was made from, such as 通气办交〔{year}〕{n}号: each pattern counts by itself, from 1 each year. */
    pattern: text().notNull(),
    year: integer().notNull(),
    ordinal: integer().notNull(),
    /** As it was printed; it stays when the pattern changes. */
    no: text().notNull().unique(),
    /** What it stands for: `issue:12`, `transfer:3`. */
    subject: text().notNull(),
    /** The line of an issue's history that the paper tells of. */
    eventId: integer("event_id").references(() => issueEvent.id),
    /** What the paper is about, in words of its day. */
    title: text().notNull(),
    at: instant().notNull(),
    personId: personId("person_id").references(() => person.id),
    voidAt: instant("void_at"),
    voidWhy: text("void_why"),
  },
  (t) => [
    uniqueIndex("document_number_once").on(t.pattern, t.year, t.ordinal),
    index("document_number_by_subject").on(t.subject, t.kind),
    index("document_number_by_time").on(t.at, t.id),
  ],
);
