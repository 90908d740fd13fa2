import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { CourseState } from "../../domain/papers/course.ts";
import { departmentId, id, instant, personId, regionId } from "./columns.ts";
import { person } from "./people.ts";

// The papers that the office issues: what each says is frozen with each of its drafts, and never altered once it is issued.

/** A paper on its course. People know it by its id: 12号. */
export const issuedPaper = sqliteTable(
  "official_paper",
  {
    id: id(),
    /** The file of `src/papers/kinds` that declares it. */
    kind: text().notNull(),
    /** Which one of its kind it is: there is one a key that wasn't withdrawn, beside those that correct it. */
    key: text().notNull(),
    title: text().notNull(),
    /** What it is about, as its kind has it. */
    about: text().notNull(),
    firstDay: text("first_day").notNull(),
    lastDay: text("last_day").notNull(),
    regionId: regionId("region_id"),
    departmentId: departmentId("department_id"),
    state: text().$type<CourseState>().notNull(),
    /** Its newest draft. */
    version: integer().notNull(),
    /** The paper that it corrects. */
    corrects: integer(),
    /** The slot of its job that it was drafted for. */
    slot: instant(),
    /** Not issued before that moment. */
    issueAt: instant("issue_at"),
    /** It went out as 快报, with nobody having checked or signed what it says. */
    quick: integer({ mode: "boolean" }).notNull().default(false),
    /** Given when it is signed; it stays its own when it is withdrawn. */
    number: text(),
    draftedAt: instant("drafted_at").notNull(),
    issuedAt: instant("issued_at"),
    /** When all its files had been made. */
    filesAt: instant("files_at"),
  },
  (t) => [
    uniqueIndex("official_paper_once")
      .on(t.kind, t.key)
      .where(sql.raw(`"corrects" is null and "state" <> 'withdrawn'`)),
    uniqueIndex("official_paper_corrected_once")
      .on(t.corrects)
      .where(sql.raw(`"corrects" is not null and "state" <> 'withdrawn'`)),
    index("official_paper_by_number").on(t.number),
    index("official_paper_by_state").on(t.state, t.id),
    index("official_paper_to_file").on(t.id).where(sql.raw(`"issued_at" is not null and "files_at" is null`)),
    index("official_paper_by_day").on(t.lastDay, t.id),
    index("official_paper_by_issue").on(t.issuedAt, t.id),
  ],
);

/** A draft: all that it prints, the data that it rests on, and the hash of both. */
export const officialPaperVersion = sqliteTable(
  "official_paper_version",
  {
    paperId: integer("paper_id")
      .notNull()
      .references(() => issuedPaper.id),
    version: integer().notNull(),
    /** Null where it was issued before facts were kept: then its figures are all that is known. */
    facts: text(),
    figures: text(),
    restsOn: text("rests_on").notNull(),
    batches: text().notNull(),
    digest: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.paperId, t.version] })],
);

/** What was done with a paper, by whom, for whom, and with which draft before them. */
export const officialPaperAct = sqliteTable(
  "official_paper_act",
  {
    id: id(),
    paperId: integer("paper_id")
      .notNull()
      .references(() => issuedPaper.id),
    version: integer().notNull(),
    act: text().notNull(),
    personId: personId("person_id").references(() => person.id),
    behalfId: personId("behalf_id").references(() => person.id),
    at: instant().notNull(),
    text: text(),
  },
  (t) => [index("official_paper_act_of").on(t.paperId, t.id)],
);

/** A file of an issued paper, made once: its bytes lie in the vault. */
export const officialPaperFile = sqliteTable(
  "official_paper_file",
  {
    paperId: integer("paper_id")
      .notNull()
      .references(() => issuedPaper.id),
    /** Which of its files: word, excel, picture, page-1. */
    look: text().notNull(),
    name: text().notNull(),
    type: text().notNull(),
    sha256: text().notNull(),
    bytes: integer().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.paperId, t.look] }), index("official_paper_file_of").on(t.sha256)],
);

/** A county or department that has to answer a paper, or promises something by itself, and what it has said. */
export const officialPaperAnswer = sqliteTable(
  "official_paper_answer",
  {
    id: id(),
    paperId: integer("paper_id")
      .notNull()
      .references(() => issuedPaper.id),
    regionId: regionId("region_id"),
    departmentId: departmentId("department_id"),
    /** The last day for its answer; null where none is asked for. */
    due: text(),
    receivedAt: instant("received_at"),
    receivedBy: personId("received_by").references(() => person.id),
    answeredAt: instant("answered_at"),
    answeredBy: personId("answered_by").references(() => person.id),
    cause: text(),
    measures: text(),
    /** By which day it promises to be done. */
    promised: text(),
    /** How often it was reminded. */
    reminded: integer().notNull().default(0),
  },
  (t) => [
    uniqueIndex("official_paper_answer_region")
      .on(t.paperId, t.regionId)
      .where(sql.raw(`"region_id" is not null`)),
    uniqueIndex("official_paper_answer_department")
      .on(t.paperId, t.departmentId)
      .where(sql.raw(`"department_id" is not null`)),
    index("official_paper_answer_due").on(t.due).where(sql.raw(`"answered_at" is null`)),
    check("official_paper_answer_unit", sql.raw(`("region_id" is null) <> ("department_id" is null)`)),
  ],
);
