import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { ResponseId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { responseCheck } from "./schema.ts";

export type ResponseCheck = typeof responseCheck.$inferSelect;

/** Enterprises of a response that are looked at on the spot. */
export function responseCheckReads(db: Db) {
  const of = prepared(() =>
    db
      .select()
      .from(responseCheck)
      .where(eq(responseCheck.responseId, sql.placeholder("responseId")))
      .orderBy(asc(responseCheck.id)),
  );
  return {
    async byId(id: number): Promise<ResponseCheck | null> {
      return (await db.select().from(responseCheck).where(eq(responseCheck.id, id)))[0] ?? null;
    },
    /** In the order in which they were drawn. */
    async of(responseId: ResponseId): Promise<ResponseCheck[]> {
      return of({ responseId });
    },
  };
}

export function responseCheckWrites(db: Db) {
  return {
    async draw(rows: readonly Pick<ResponseCheck, "responseId" | "orderId" | "drawnAt">[]): Promise<void> {
      if (rows.length > 0)
        await db
          .insert(responseCheck)
          .values([...rows])
          .onConflictDoNothing();
    },
    /** @returns false when somebody has said before what was found. */
    async settle(
      id: number,
      set: Pick<ResponseCheck, "outcome" | "at" | "by" | "text" | "issueId">,
    ): Promise<boolean> {
      const rows = await db
        .update(responseCheck)
        .set(set)
        .where(and(eq(responseCheck.id, id), isNull(responseCheck.outcome)))
        .returning({ id: responseCheck.id });
      return rows.length === 1;
    },
  };
}
