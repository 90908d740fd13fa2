import { and, asc, eq } from "drizzle-orm";
import type { DateOrder } from "../domain/date-order.ts";
import type { KeptFile } from "./evidence.ts";
import type { Db } from "./open.ts";
import { importLayout, importQuestion } from "./schema.ts";

/** Which column each head is, by the head's folded text; an empty one is none. */
export type ColumnsSaid = Readonly<Record<string, string>>;
/** `dateOrder` where it was asked about. */
export type KeptLayout = { kind: string; columns: ColumnsSaid; dateOrder: DateOrder | null };
/** A table that waits for its sender to say what its columns are. */
export type ImportQuestion = Omit<typeof importQuestion.$inferSelect, "columns"> & KeptLayout;

const said = <T extends { columns: string }>(row: T) => ({
  ...row,
  columns: JSON.parse(row.columns) as ColumnsSaid,
});

export function importQuestionReads(db: Db) {
  return {
    async byId(id: number): Promise<ImportQuestion | null> {
      const [row] = await db.select().from(importQuestion).where(eq(importQuestion.id, id));
      return row === undefined ? null : said(row);
    },
    /** What this person has said of files of this shape; null when they were never asked. */
    async layoutOf(personId: number, shape: string): Promise<KeptLayout | null> {
      const which = and(eq(importLayout.personId, personId), eq(importLayout.shape, shape));
      const [row] = await db.select().from(importLayout).where(which);
      return row === undefined ? null : said(row);
    },
    /** What the vault has to hold until somebody has answered. */
    async keptFiles(): Promise<KeptFile[]> {
      const { sha256, name } = importQuestion;
      const rows = await db.select({ sha256, name }).from(importQuestion).orderBy(asc(importQuestion.id));
      return rows.map((row) => ({ ...row, no: null }));
    },
  };
}

export function importQuestionWrites(db: Db) {
  return {
    /** Asks once about a person's file: sent again, it is the question that waits already, with what was said of it last. */
    async ask(row: Omit<ImportQuestion, "id">): Promise<number> {
      const values = { ...row, columns: JSON.stringify(row.columns) };
      const { kind, shape, columns, dateOrder, at } = values;
      const [asked] = await db
        .insert(importQuestion)
        .values(values)
        .onConflictDoUpdate({
          target: [importQuestion.personId, importQuestion.sha256],
          set: { kind, shape, columns, dateOrder, at },
        })
        .returning({ id: importQuestion.id });
      if (asked === undefined) throw new Error("a question about a file was not written down");
      return asked.id;
    },
    async drop(id: number): Promise<void> {
      await db.delete(importQuestion).where(eq(importQuestion.id, id));
    },
    /** Keeps what somebody has said of the columns, for their next file of this shape. */
    async remember({
      personId,
      shape,
      kind,
      columns,
      dateOrder,
      at,
    }: Omit<ImportQuestion, "id" | "name" | "sha256">): Promise<void> {
      const set = { kind, columns: JSON.stringify(columns), dateOrder, at };
      await db
        .insert(importLayout)
        .values({ personId, shape, ...set })
        .onConflictDoUpdate({ target: [importLayout.personId, importLayout.shape], set });
    },
  };
}
