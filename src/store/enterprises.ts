import { and, asc, eq, gte, inArray, isNull, or, sql } from "drizzle-orm";
import type { IsoDate } from "../domain/air/day.ts";
import type { EnterpriseId, RegionId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { enterprise, enterpriseMeasure } from "./schema.ts";

export type Enterprise = typeof enterprise.$inferSelect;
export type NewEnterprise = typeof enterprise.$inferInsert;
/** What an enterprise does at a level of alert, and what of it can be checked. */
export type EnterpriseMeasure = typeof enterpriseMeasure.$inferSelect;

/** The emergency list: enterprises, and what each does at which level. */
export function enterpriseReads(db: Db) {
  const byId = prepared(() =>
    db
      .select()
      .from(enterprise)
      .where(eq(enterprise.id, sql.placeholder("id"))),
  );
  return {
    /** Those that stand in the list on a day, of these regions or of all, by region, grade and name. */
    async listed(on: IsoDate, regionIds?: readonly RegionId[]): Promise<Enterprise[]> {
      return db
        .select()
        .from(enterprise)
        .where(
          and(
            or(isNull(enterprise.endedOn), gte(enterprise.endedOn, on)),
            regionIds === undefined ? undefined : inArray(enterprise.regionId, [...regionIds]),
          ),
        )
        .orderBy(asc(enterprise.regionId), asc(enterprise.grade), asc(enterprise.name));
    },
    async byId(id: EnterpriseId): Promise<Enterprise | null> {
      return (await byId({ id }))[0] ?? null;
    },
    async byName(name: string): Promise<Enterprise | null> {
      return (await db.select().from(enterprise).where(eq(enterprise.name, name)))[0] ?? null;
    },
    /** Those whose names hold a text, as it stands. */
    async like(text: string, limit: number): Promise<Enterprise[]> {
      return db
        .select()
        .from(enterprise)
        .where(sql`instr(${enterprise.name}, ${text}) > 0`)
        .orderBy(asc(enterprise.name))
        .limit(limit);
    },
    /** All measures of an enterprise, level by level as the list has them. */
    async measuresOf(id: EnterpriseId): Promise<EnterpriseMeasure[]> {
      return db
        .select()
        .from(enterpriseMeasure)
        .where(eq(enterpriseMeasure.enterpriseId, id))
        .orderBy(asc(enterpriseMeasure.level), asc(enterpriseMeasure.seq));
    },
    /** The measures of all enterprises at one level. */
    async measuresAt(level: string): Promise<ReadonlyMap<EnterpriseId, EnterpriseMeasure[]>> {
      const rows = await db
        .select()
        .from(enterpriseMeasure)
        .where(eq(enterpriseMeasure.level, level))
        .orderBy(asc(enterpriseMeasure.enterpriseId), asc(enterpriseMeasure.seq));
      return Map.groupBy(rows, ({ enterpriseId }) => enterpriseId);
    },
  };
}

export function enterpriseWrites(db: Db) {
  return {
    async add(row: NewEnterprise): Promise<Enterprise> {
      return (await db.insert(enterprise).values(row).returning())[0] as Enterprise;
    },
    async change(id: EnterpriseId, set: Partial<NewEnterprise>): Promise<void> {
      await db.update(enterprise).set(set).where(eq(enterprise.id, id));
    },
    /** What it does at a level from now on, in this order, in the place of what was there. */
    async setMeasures(
      enterpriseId: EnterpriseId,
      level: string,
      measures: readonly Pick<EnterpriseMeasure, "measure" | "indicator">[],
    ): Promise<void> {
      await db
        .delete(enterpriseMeasure)
        .where(and(eq(enterpriseMeasure.enterpriseId, enterpriseId), eq(enterpriseMeasure.level, level)));
      if (measures.length > 0)
        await db
          .insert(enterpriseMeasure)
          .values(
            measures.map(({ measure, indicator }, seq) => ({ enterpriseId, level, measure, indicator, seq })),
          );
    },
  };
}
