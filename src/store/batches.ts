import { and, desc, eq, isNull, max, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { batch, person } from "./schema.ts";

export type Batch = typeof batch.$inferSelect;
/** A batch with the name of whoever brought it; null: from a terminal. */
export type BatchBy = Batch & { by: string | null };

export function batchReads(db: Db) {
  const withNames = () =>
    db.select({ batch, by: person.name }).from(batch).leftJoin(person, eq(person.id, batch.personId));
  const flat = (rows: Awaited<ReturnType<typeof withNames>>): BatchBy[] =>
    rows.map((row) => ({ ...row.batch, by: row.by }));
  return {
    async byId(id: number): Promise<BatchBy | null> {
      return flat(await withNames().where(eq(batch.id, id)))[0] ?? null;
    },
    /** The newest batch of the same file that still stands, or null. */
    async sameFile(sha256: string): Promise<BatchBy | null> {
      const rows = await withNames()
        .where(and(eq(batch.sha256, sha256), isNull(batch.withdrawnAt)))
        .orderBy(desc(batch.id))
        .limit(1);
      return flat(rows)[0] ?? null;
    },
    /** How often imports of a kind have changed something: each that came in, and each that was taken back. It only grows. */
    async changesBy(kind: string): Promise<number> {
      const rows = await db
        .select({ n: sql<number>`count(*) + count(${batch.withdrawnAt})` })
        .from(batch)
        .where(eq(batch.kind, kind));
      return rows[0]?.n ?? 0;
    },
    /** The newest batches, newest first; `standing`: only those that were not taken back. */
    async latest(limit: number, { standing = false }: { standing?: boolean } = {}): Promise<BatchBy[]> {
      const rows = await withNames()
        .where(standing ? isNull(batch.withdrawnAt) : undefined)
        .orderBy(desc(batch.id))
        .limit(limit);
      return flat(rows);
    },
  };
}

export function batchWrites(db: Db) {
  return {
    /** The number that the next batch gets; what it brings may name it before it is written, in the same transaction. */
    async nextId(): Promise<number> {
      const rows = await db.select({ newest: max(batch.id) }).from(batch);
      return (rows[0]?.newest ?? 0) + 1;
    },
    async add(row: Omit<Batch, "withdrawnAt" | "withdrawnBy" | "withdrawnWhy">): Promise<void> {
      await db.insert(batch).values(row);
    },
    /** Notes that a batch was taken back. @returns false when it had been before. */
    async withdraw(id: number, by: { personId: number; at: number; why: string | null }): Promise<boolean> {
      const rows = await db
        .update(batch)
        .set({ withdrawnAt: by.at, withdrawnBy: by.personId, withdrawnWhy: by.why })
        .where(and(eq(batch.id, id), isNull(batch.withdrawnAt)))
        .returning({ id: batch.id });
      return rows.length === 1;
    },
  };
}
