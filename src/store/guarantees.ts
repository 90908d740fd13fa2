import { and, asc, eq, isNull } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { guarantee } from "./schema.ts";

type Stored = typeof guarantee.$inferSelect;
export type NewGuarantee = Omit<
  typeof guarantee.$inferInsert,
  "id" | "cancelledAt" | "cancelledBy" | "cancelledWhy"
>;

/** 保障: what the office has decided of events and seasons, oldest first. */
export function guaranteeReads(db: Db) {
  // Every status card asks it.
  const all = prepared(() => db.select().from(guarantee).orderBy(asc(guarantee.id)));
  return {
    async all(): Promise<Stored[]> {
      return all();
    },
  };
}

export function guaranteeWrites(db: Db) {
  return {
    async add(row: NewGuarantee): Promise<number> {
      const rows = await db.insert(guarantee).values(row).returning({ id: guarantee.id });
      return rows[0]?.id ?? 0;
    },
    /** @returns false when it was cancelled already. */
    async cancel(id: number, { at, by, why }: { at: EpochMs; by: PersonId; why: string }): Promise<boolean> {
      const rows = await db
        .update(guarantee)
        .set({ cancelledAt: at, cancelledBy: by, cancelledWhy: why })
        .where(and(eq(guarantee.id, id), isNull(guarantee.cancelledAt)))
        .returning({ id: guarantee.id });
      return rows.length > 0;
    },
  };
}
