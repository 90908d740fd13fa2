import { and, asc, eq } from "drizzle-orm";
import type { PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { ownStation } from "./schema.ts";

/** Stations that people look after. */
export function ownStationReads(db: Db) {
  return {
    /** Ids of a person's stations, in the order in which they took them on. */
    async of(personId: PersonId): Promise<string[]> {
      const rows = await db
        .select({ stationId: ownStation.stationId })
        .from(ownStation)
        .where(eq(ownStation.personId, personId))
        .orderBy(asc(ownStation.at), asc(ownStation.stationId));
      return rows.map(({ stationId }) => stationId);
    },
  };
}

export function ownStationWrites(db: Db) {
  return {
    async take(personId: PersonId, stationId: string, at: number): Promise<void> {
      await db.insert(ownStation).values({ personId, stationId, at }).onConflictDoNothing();
    },
    async leave(personId: PersonId, stationId: string): Promise<void> {
      await db
        .delete(ownStation)
        .where(and(eq(ownStation.personId, personId), eq(ownStation.stationId, stationId)));
    },
  };
}
