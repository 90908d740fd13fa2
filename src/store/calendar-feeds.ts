import { and, eq, isNull } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { calendarFeed, person } from "./schema.ts";

export function calendarFeedReads(db: Db) {
  return {
    /** Whose address a secret opens: nobody's once it has ended or its member has left. */
    async holder(keyHash: string): Promise<{ personId: PersonId; createdAt: EpochMs } | null> {
      const rows = await db
        .select({ personId: calendarFeed.personId, createdAt: calendarFeed.createdAt })
        .from(calendarFeed)
        .innerJoin(person, eq(person.id, calendarFeed.personId))
        .where(and(eq(calendarFeed.keyHash, keyHash), isNull(calendarFeed.endedAt), eq(person.active, true)));
      return rows[0] ?? null;
    },
  };
}

export function calendarFeedWrites(db: Db) {
  return {
    async add(row: { personId: PersonId; keyHash: string; createdAt: EpochMs }): Promise<void> {
      await db.insert(calendarFeed).values(row);
    },
    /** Ends all of a person's addresses. @returns how many there were. */
    async endAll(personId: PersonId, at: EpochMs): Promise<number> {
      const rows = await db
        .update(calendarFeed)
        .set({ endedAt: at })
        .where(and(eq(calendarFeed.personId, personId), isNull(calendarFeed.endedAt)))
        .returning({ id: calendarFeed.id });
      return rows.length;
    },
  };
}
