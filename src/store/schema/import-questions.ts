import { integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { DateOrder } from "../../domain/date-order.ts";
import { id, instant, personId } from "./columns.ts";
import { inbox } from "./messages.ts";
import { person } from "./people.ts";

/** A table that waits for its sender to say what its columns are; the file itself lies in the vault until then. */
export const importQuestion = sqliteTable(
  "import_question",
  {
    id: id(),
    personId: integer("person_id")
      .notNull()
      .references(() => person.id),
    name: text().notNull(),
    sha256: text().notNull(),
    kind: text().notNull(),
    /** The normalised heads' hash: another file of them has the same layout. */
    shape: text().notNull(),
    /** Columns by their heads, as JSON. */
    columns: text().notNull(),
    /** How its dates are written that have their year last, where the file alone doesn't tell. */
    dateOrder: text("date_order").$type<DateOrder>(),
    at: instant().notNull(),
  },
  (t) => [uniqueIndex("import_question_once").on(t.personId, t.sha256)],
);

/** What a sender has said of the columns of files of one shape. */
export const importLayout = sqliteTable(
  "import_layout",
  {
    personId: integer("person_id")
      .notNull()
      .references(() => person.id),
    shape: text().notNull(),
    kind: text().notNull(),
    columns: text().notNull(),
    dateOrder: text("date_order").$type<DateOrder>(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.shape] })],
);

/** A file that is being imported: what a stop of the process leaves of it is its sender to be told. */
export const importRun = sqliteTable("import_run", {
  id: id(),
  personId: personId("person_id")
    .notNull()
    .references(() => person.id),
  name: text().notNull(),
  /** The message that brought it; null where the process ends before its sender's eyes, as in a terminal. */
  inboxId: integer("inbox_id").references(() => inbox.id),
  at: instant().notNull(),
});
