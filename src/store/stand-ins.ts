import { and, asc, eq, inArray, lt, lte, or, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { standIn } from "./schema.ts";

export type StandIn = typeof standIn.$inferSelect;

/** Who acts for whom while they are away. The office's clock begins and ends it. */
export function standInReads(db: Db) {
  const open = inArray(standIn.state, ["planned", "holding"]);
  const toBegin = prepared(() =>
    db
      .select()
      .from(standIn)
      .where(and(eq(standIn.state, "planned"), lte(standIn.from, sql.placeholder("today"))))
      .orderBy(asc(standIn.id)),
  );
  const toEnd = prepared(() =>
    db
      .select()
      .from(standIn)
      .where(and(open, lt(standIn.to, sql.placeholder("today"))))
      .orderBy(asc(standIn.id)),
  );
  const openOf = prepared(() =>
    db
      .select()
      .from(standIn)
      .where(
        and(open, or(eq(standIn.personId, sql.placeholder("id")), eq(standIn.byId, sql.placeholder("id")))),
      )
      .orderBy(asc(standIn.from), asc(standIn.id)),
  );
  return {
    /** What is planned or holds with somebody in it, as the one who is away or as the other. */
    async openOf(id: PersonId): Promise<StandIn[]> {
      return openOf({ id });
    },
    async allOpen(): Promise<StandIn[]> {
      return db.select().from(standIn).where(open).orderBy(asc(standIn.from), asc(standIn.id));
    },
    async toBegin(today: string): Promise<StandIn[]> {
      return toBegin({ today });
    },
    async toEnd(today: string): Promise<StandIn[]> {
      return toEnd({ today });
    },
  };
}

export function standInWrites(db: Db) {
  return {
    async plan(row: Omit<typeof standIn.$inferInsert, "id" | "state">): Promise<StandIn> {
      return (
        await db
          .insert(standIn)
          .values({ ...row, state: "planned" })
          .returning()
      )[0] as StandIn;
    },
    async begin(id: number): Promise<void> {
      await db.update(standIn).set({ state: "holding" }).where(eq(standIn.id, id));
    },
    async end(ids: readonly number[], at: EpochMs): Promise<void> {
      await db
        .update(standIn)
        .set({ state: "ended", endedAt: at })
        .where(inArray(standIn.id, [...ids]));
    },
  };
}
