import { and, asc, eq, notInArray } from "drizzle-orm";
import type { PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { ownStation } from "./schema.ts";

export type OwnStation = typeof ownStation.$inferSelect;

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
    /** Who looks after a station, each by their number. */
    async chiefsOf(stationId: string): Promise<PersonId[]> {
      const rows = await db
        .select({ personId: ownStation.personId })
        .from(ownStation)
        .where(eq(ownStation.stationId, stationId))
        .orderBy(asc(ownStation.personId));
      return rows.map(({ personId }) => personId);
    },
    /** Every station that somebody looks after, with whom. */
    async all(): Promise<OwnStation[]> {
      return db.select().from(ownStation).orderBy(asc(ownStation.stationId), asc(ownStation.personId));
    },
  };
}

export function ownStationWrites(db: Db) {
  return {
    async take(personId: PersonId, stationId: string, at: number): Promise<void> {
      await db.insert(ownStation).values({ personId, stationId, at }).onConflictDoNothing();
    },
    /** Has exactly these people look after a station; who does already goes on since when they did. */
    async appoint(stationId: string, chiefs: readonly PersonId[], at: number): Promise<void> {
      await db
        .delete(ownStation)
        .where(and(eq(ownStation.stationId, stationId), notInArray(ownStation.personId, [...chiefs])));
      for (const personId of chiefs)
        await db.insert(ownStation).values({ personId, stationId, at }).onConflictDoNothing();
    },
    async leave(personId: PersonId, stationId: string): Promise<void> {
      await db
        .delete(ownStation)
        .where(and(eq(ownStation.personId, personId), eq(ownStation.stationId, stationId)));
    },
  };
}
