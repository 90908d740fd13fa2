import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { id, instant, issueId } from "./columns.ts";
import { issue } from "./issues.ts";

// Intakes: what a hotline, the press or a superior's platform has handed down, to be answered to the same sender.

/** A row of a sender's file: its own reference, and what its own columns say, for the file that goes back. */
export const issueIntake = sqliteTable(
  "issue_intake",
  {
    id: id(),
    /** Id of the sender in the plan pack's `intakes`. */
    sender: text().notNull(),
    /** What the sender calls the matter by: 工单编号. */
    reference: text().notNull(),
    issueId: issueId("issue_id")
      .notNull()
      .references(() => issue.id),
    /** The row's cells by the sender's heads, in its order; who reported is masked. */
    cells: text({ mode: "json" }).$type<readonly (readonly [head: string, cell: string])[]>().notNull(),
    receivedAt: instant("received_at").notNull(),
    /** The import that brought it. */
    batchId: integer("batch_id"),
    /** When its outcome was last handed back. */
    returnedAt: instant("returned_at"),
  },
  (t) => [
    uniqueIndex("issue_intake_once").on(t.sender, t.reference),
    index("issue_intake_by_issue").on(t.issueId),
    index("issue_intake_by_time").on(t.sender, t.receivedAt),
  ],
);
