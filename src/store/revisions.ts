import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { batch, revision } from "./schema.ts";

/** A corrected value: `subject` says of what, as `county_target/haian/pm25-mean`; `before` is null where there was none. */
export type Revision = { id: number; subject: string; before: unknown; after: unknown };

export function revisionReads(db: Db) {
  return {
    /** What a batch has changed, in its order. */
    async ofBatch(batchId: number): Promise<Revision[]> {
      const rows = await db
        .select()
        .from(revision)
        .where(eq(revision.batchId, batchId))
        .orderBy(asc(revision.id));
      return rows.map(({ id, subject, before, after }) => ({
        id,
        subject,
        before: JSON.parse(before),
        after: JSON.parse(after),
      }));
    },
    /** The first change of the same value after one, of a batch that stands or of none; null: it is the newest. */
    async nextAfter({
      id,
      subject,
    }: Pick<Revision, "id" | "subject">): Promise<{ batch: number | null } | null> {
      const rows = await db
        .select({ batch: revision.batchId })
        .from(revision)
        .leftJoin(batch, eq(batch.id, revision.batchId))
        .where(and(gt(revision.id, id), eq(revision.subject, subject), isNull(batch.withdrawnAt)))
        .orderBy(asc(revision.id))
        .limit(1);
      return rows[0] ?? null;
    },
  };
}

export function revisionWrites(db: Db) {
  return {
    /** Keeps what a value was that a batch has changed; `before` is null where there was none. */
    async add(row: {
      subject: string;
      before: unknown;
      after: unknown;
      personId: PersonId | null;
      at: EpochMs;
      batchId: number;
    }): Promise<void> {
      await db
        .insert(revision)
        .values({ ...row, before: JSON.stringify(row.before), after: JSON.stringify(row.after) });
    },
  };
}
