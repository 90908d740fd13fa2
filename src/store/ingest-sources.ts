import { and, asc, eq, gte, isNull } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { ingestSource } from "./schema.ts";

/** A machine that may send hours. */
export type IngestSource = typeof ingestSource.$inferSelect;

const stands = isNull(ingestSource.endedAt);

export function ingestSourceReads(db: Db) {
  return {
    /** The sources that may send, in the order in which they were made. */
    async standing(): Promise<IngestSource[]> {
      return db.select().from(ingestSource).where(stands).orderBy(asc(ingestSource.id));
    },
    async byId(id: number): Promise<IngestSource | null> {
      return (await db.select().from(ingestSource).where(eq(ingestSource.id, id)))[0] ?? null;
    },
    /** Whose secret this is: nobody's once the source was stopped. */
    async holder(tokenHash: string): Promise<IngestSource | null> {
      const rows = await db
        .select()
        .from(ingestSource)
        .where(and(eq(ingestSource.tokenHash, tokenHash), stands));
      return rows[0] ?? null;
    },
    /** Whether any that may send has sent since an instant. */
    async heardSince(at: EpochMs): Promise<boolean> {
      const rows = await db
        .select({ id: ingestSource.id })
        .from(ingestSource)
        .where(and(stands, gte(ingestSource.lastAt, at)))
        .limit(1);
      return rows.length > 0;
    },
  };
}

export function ingestSourceWrites(db: Db) {
  return {
    async add(row: Pick<IngestSource, "name" | "tokenHash" | "createdAt" | "createdBy">): Promise<number> {
      const [added] = await db.insert(ingestSource).values(row).returning({ id: ingestSource.id });
      return added?.id ?? 0;
    },
    /** @returns false when it was stopped before. */
    async end(id: number, by: { personId: PersonId; at: EpochMs }): Promise<boolean> {
      const rows = await db
        .update(ingestSource)
        .set({ endedAt: by.at, endedBy: by.personId })
        .where(and(eq(ingestSource.id, id), stands))
        .returning({ id: ingestSource.id });
      return rows.length === 1;
    },
    /** Notes that a source has sent something. @returns false when it may not any more. */
    async heard(id: number, at: EpochMs): Promise<boolean> {
      const rows = await db
        .update(ingestSource)
        .set({ lastAt: at })
        .where(and(eq(ingestSource.id, id), stands))
        .returning({ id: ingestSource.id });
      return rows.length === 1;
    },
  };
}
