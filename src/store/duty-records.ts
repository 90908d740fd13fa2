import { and, asc, eq, gte, inArray, isNull, lte } from "drizzle-orm";
import type { EpochMs, PersonId, RegionId } from "../domain/ids.ts";
import { connectionOf, type Db } from "./open.ts";
import { dutyRecord, person } from "./schema.ts";

export type DutyRecord = typeof dutyRecord.$inferSelect & { by: string | null };
export type NewDutyRecord = Omit<
  typeof dutyRecord.$inferInsert,
  "id" | "withdrawnAt" | "withdrawnBy" | "withdrawnWhy"
>;

type Within = { from: string; to: string };
/** `regionIds` null: wherever it was. */
type Counted = Within & { kind: string; regionIds: readonly RegionId[] | null };

export function dutyRecordReads(db: Db) {
  // Without drizzle (why: progress.ts): every list of tasks counts for each county.
  const countIn = connectionOf(db).prepare<[string, string, string, string], { n: number }>(
    `select count(*) as n from duty_record where kind = ? and date >= ? and date <= ? and withdrawn_at is null
     and region_id = ?`,
  );
  const countAll = connectionOf(db).prepare<[string, string, string], { n: number }>(
    `select count(*) as n from duty_record where kind = ? and date >= ? and date <= ? and withdrawn_at is null`,
  );
  return {
    /** How many records of a kind there are of some days, those that were withdrawn aside. */
    async count({ kind, regionIds, from, to }: Counted): Promise<number> {
      if (regionIds === null) return countAll.get(kind, from, to)?.n ?? 0;
      return regionIds.reduce((n, id) => n + (countIn.get(kind, from, to, id)?.n ?? 0), 0);
    },
    async byId(id: number): Promise<DutyRecord | null> {
      const rows = await db
        .select({ record: dutyRecord, by: person.name })
        .from(dutyRecord)
        .leftJoin(person, eq(person.id, dutyRecord.personId))
        .where(eq(dutyRecord.id, id));
      return rows[0] === undefined ? null : { ...rows[0].record, by: rows[0].by };
    },
    /** The records of some days in their order, those that were withdrawn aside. */
    async list({
      from,
      to,
      kind,
      regionIds,
    }: Within & { kind?: string | undefined; regionIds?: readonly RegionId[] | undefined }): Promise<
      DutyRecord[]
    > {
      const rows = await db
        .select({ record: dutyRecord, by: person.name })
        .from(dutyRecord)
        .leftJoin(person, eq(person.id, dutyRecord.personId))
        .where(
          and(
            gte(dutyRecord.date, from),
            lte(dutyRecord.date, to),
            isNull(dutyRecord.withdrawnAt),
            kind === undefined ? undefined : eq(dutyRecord.kind, kind),
            regionIds === undefined ? undefined : inArray(dutyRecord.regionId, [...regionIds]),
          ),
        )
        .orderBy(asc(dutyRecord.date), asc(dutyRecord.id));
      return rows.map(({ record, by }) => ({ ...record, by }));
    },
  };
}

export function dutyRecordWrites(db: Db) {
  return {
    async add(row: NewDutyRecord): Promise<number> {
      const rows = await db.insert(dutyRecord).values(row).returning({ id: dutyRecord.id });
      return rows[0]?.id ?? 0;
    },
    /** @returns false when it was withdrawn already. */
    async withdraw(
      id: number,
      { at, by, why }: { at: EpochMs; by: PersonId; why: string },
    ): Promise<boolean> {
      const rows = await db
        .update(dutyRecord)
        .set({ withdrawnAt: at, withdrawnBy: by, withdrawnWhy: why })
        .where(and(eq(dutyRecord.id, id), isNull(dutyRecord.withdrawnAt)))
        .returning({ id: dutyRecord.id });
      return rows.length > 0;
    },
  };
}
