import { and, asc, desc, eq, gte, inArray, isNull, lte } from "drizzle-orm";
import type { NightState } from "../domain/enterprises/night-permit.ts";
import type { EpochMs, IssueId, PersonId, RegionId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { nightPermit, nightTightening } from "./schema.ts";

export type NightPermit = Omit<typeof nightPermit.$inferSelect, "state"> & { state: NightState };
export type NewNightPermit = Omit<typeof nightPermit.$inferInsert, "id" | "state" | "version"> & {
  state: NightState;
};
export type NightTightening = typeof nightTightening.$inferSelect;

const typed = (rows: readonly (typeof nightPermit.$inferSelect)[]) => rows as NightPermit[];

/** 夜间施工许可, and the counties in which dustfall has tightened them. */
export function nightPermitReads(db: Db) {
  const tightened = prepared(() =>
    db
      .select()
      .from(nightTightening)
      .where(isNull(nightTightening.liftedOn))
      .orderBy(asc(nightTightening.id)),
  );
  return {
    async byId(id: number): Promise<NightPermit | null> {
      return typed(await db.select().from(nightPermit).where(eq(nightPermit.id, id)))[0] ?? null;
    },
    /** Those whose nights reach from `from` to `to`, or a part of it, by their last night; of some regions or of all. */
    async within(from: string, to: string, regionIds?: readonly RegionId[]): Promise<NightPermit[]> {
      return typed(
        await db
          .select()
          .from(nightPermit)
          .where(
            and(
              gte(nightPermit.to, from),
              lte(nightPermit.from, to),
              regionIds === undefined ? undefined : inArray(nightPermit.regionId, [...regionIds]),
            ),
          )
          .orderBy(asc(nightPermit.to), asc(nightPermit.id)),
      );
    },
    async ofSite(regionIds: readonly RegionId[], site: string): Promise<NightPermit[]> {
      return typed(
        await db
          .select()
          .from(nightPermit)
          .where(and(inArray(nightPermit.regionId, [...regionIds]), eq(nightPermit.site, site)))
          .orderBy(asc(nightPermit.id)),
      );
    },
    /** What counties have been told and is not lifted, by region's row. */
    tightened: async (): Promise<NightTightening[]> => tightened(),
    /** The newest that was lifted, of each region. */
    async lastLifted(regionIds: readonly RegionId[]): Promise<NightTightening | null> {
      const rows = await db
        .select()
        .from(nightTightening)
        .where(inArray(nightTightening.regionId, [...regionIds]))
        .orderBy(desc(nightTightening.id))
        .limit(1);
      return rows[0]?.liftedOn ? rows[0] : null;
    },
  };
}

export function nightPermitWrites(db: Db) {
  return {
    async add(row: NewNightPermit): Promise<NightPermit> {
      return typed(await db.insert(nightPermit).values(row).returning())[0] as NightPermit;
    },
    /** Moves one on that still stands at `version`. @returns null where somebody was faster. */
    async move(
      id: number,
      version: number,
      set: Partial<Pick<NightPermit, "state" | "approvedBy" | "reason" | "decidedAt" | "decidedBy">>,
    ): Promise<NightPermit | null> {
      const rows = await db
        .update(nightPermit)
        .set({ ...set, version: version + 1 })
        .where(and(eq(nightPermit.id, id), eq(nightPermit.version, version)))
        .returning();
      return typed(rows)[0] ?? null;
    },
    /** What a table says anew of one that it brought. */
    async correct(
      id: number,
      set: Partial<Pick<NightPermit, "basis" | "to" | "approvedBy">> & {
        decidedAt: EpochMs;
        decidedBy: PersonId | null;
      },
    ): Promise<void> {
      await db.update(nightPermit).set(set).where(eq(nightPermit.id, id));
    },
    /** Of an import that is taken back. */
    async remove(id: number): Promise<void> {
      await db.delete(nightPermit).where(eq(nightPermit.id, id));
    },
    async tighten(row: typeof nightTightening.$inferInsert): Promise<number> {
      const rows = await db.insert(nightTightening).values(row).returning({ id: nightTightening.id });
      return rows[0]?.id as number;
    },
    /** What is told of it anew: another month or value, or the check that was given out for it. */
    async retell(
      id: number,
      set: Partial<{ month: string; tenths: number; issueId: IssueId }>,
    ): Promise<void> {
      await db.update(nightTightening).set(set).where(eq(nightTightening.id, id));
    },
    async lift(id: number, lifted: { liftedOn: string; liftedMonth: string }): Promise<void> {
      await db.update(nightTightening).set(lifted).where(eq(nightTightening.id, id));
    },
  };
}
