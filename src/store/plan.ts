import { and, asc, eq, getTableColumns, getTableName, isNotNull, max } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { EpochMs, RegionId } from "../domain/ids.ts";
import type { EnteredTown } from "../domain/plan/entered-towns.ts";
import type { PlanPack, Region } from "../domain/plan/pack.ts";
import { type Subunit, subunitsIn } from "../domain/plan/subunits.ts";
import { recomputeAll } from "./air-regions.ts";
import { connectionOf, type Db } from "./open.ts";
import { prepared, preparedFor } from "./prepared.ts";
import {
  countyTarget,
  department,
  holiday,
  indicator,
  measure,
  measureDepartment,
  plan,
  region,
  setting,
} from "./schema.ts";

export type CountyTarget = typeof countyTarget.$inferSelect;
export type TargetKey = Pick<CountyTarget, "regionId" | "indicator" | "span">;

export function planReads(db: Db) {
  // Without drizzle (why: air.ts): every county's answer asks twice, and mostly there is none.
  const targetsOf = connectionOf(db).prepare<[string], CountyTarget>(
    `select region_id as regionId, indicator, span, constraint_value as "constraint", stretch_value as stretch
     from county_target where region_id = ?`,
  );
  const entered = prepared(() =>
    db
      .select({
        id: region.id,
        name: region.name,
        county: region.enteredIn,
        from: region.validFrom,
        to: region.validTo,
        successor: region.successor,
      })
      .from(region)
      .where(isNotNull(region.enteredIn))
      .orderBy(asc(region.sort)),
  );
  const entries = [
    textOf(setting, "key = 'ledger-words'"),
    textOf(holiday),
    textOf(region, "entered_in is not null"),
  ];
  const enteredMark = connectionOf(db)
    .prepare<[], string>(`select ${entries.join(" || ")}`)
    .pluck();
  const allTargets = prepared(() => db.select().from(countyTarget).where(eq(countyTarget.span, "year")));
  return {
    /** The pack as it was stored, with the hash that its JSON had then, or null on a new database. */
    async pack(id: string): Promise<{ json: string; sha256: string } | null> {
      return (await db.select().from(plan).where(eq(plan.id, id)))[0] ?? null;
    },
    /** The towns that the office has entered, in the order in which it did. */
    async enteredTowns(): Promise<EnteredTown[]> {
      return (await entered()) as EnteredTown[];
    },
    /**
     * All that the office has entered beside its pack (words of ledgers, days, towns) as one text, which is another once any of it
     * is: whether it has to be read anew costs a fifth of reading it.
     */
    async enteredMark(): Promise<string> {
      return enteredMark.get() as string;
    },
    /** The year's targets that the office has entered for the regions; empty until it does. */
    async countyTargets(regionIds: readonly RegionId[]): Promise<CountyTarget[]> {
      return regionIds.flatMap((id) => targetsOf.all(id)).filter(({ span }) => span === "year");
    },
    async allCountyTargets(): Promise<CountyTarget[]> {
      return allTargets();
    },
    /** All of a region's targets: the year's and those of its quarters and months. */
    async targetsOfSpans(regionId: RegionId): Promise<CountyTarget[]> {
      return targetsOf.all(regionId);
    },
  };
}

/** The rows of a table as one value of SQL: text that differs where any of them does. */
function textOf(table: SQLiteTable, where = "true"): string {
  const columns = Object.values(getTableColumns(table)).map(({ name }) => `quote("${name}")`);
  return `quote((select group_concat(${columns.join(" || ',' || ")}) from "${getTableName(table)}" where ${where}))`;
}

export function planWrites(db: Db) {
  const putRegion = preparedFor((row: typeof region.$inferInsert) =>
    db.insert(region).values(row).onConflictDoUpdate({ target: region.id, set: row }),
  );
  const putDepartment = preparedFor((row: typeof department.$inferInsert) =>
    db.insert(department).values(row).onConflictDoUpdate({ target: department.id, set: row }),
  );
  const putMeasure = preparedFor((row: typeof measure.$inferInsert) =>
    db.insert(measure).values(row).onConflictDoUpdate({ target: measure.no, set: row }),
  );
  const putPart = preparedFor((row: typeof measureDepartment.$inferInsert) =>
    db.insert(measureDepartment).values(row).onConflictDoNothing(),
  );
  const putIndicator = preparedFor((row: typeof indicator.$inferInsert) =>
    db.insert(indicator).values(row).onConflictDoUpdate({ target: indicator.id, set: row }),
  );
  /** Regions as they are to stand. What has become part of another only now makes that one's days from the first on. */
  const putRegions = async (rows: readonly RegionRow[], at: EpochMs): Promise<void> => {
    const before = new Map((await db.select().from(region)).map((row) => [row.id, row]));
    const changed = new Set<RegionId>();
    for (const row of rows) {
      const was = before.get(row.id);
      const { successor = null, validTo = null } = was ?? {};
      for (const heir of [successor, row.successor])
        if (heir && successor !== row.successor) changed.add(heir);
      // Of one that has not ended after all the days since are its own again.
      if (was !== undefined && validTo !== row.validTo) changed.add(was.id);
      await putRegion(row);
    }
    if (before.size > 0 && changed.size > 0) await recomputeAll(db, changed, { personId: null, at });
  };
  return {
    /** Stores a pack, new or changed. Nothing is deleted: history may rest on an entry that a later pack no longer has. */
    async load(pack: PlanPack, sha256: string, at: EpochMs): Promise<void> {
      const row = { id: pack.id, json: JSON.stringify(pack), sha256, loadedAt: at };
      await db.insert(plan).values(row).onConflictDoUpdate({ target: plan.id, set: row });
      const entered = new Set((await planReads(db).enteredTowns()).map((one) => one.id));
      const regions = [...pack.regions, ...subunitsIn(pack)].filter(({ id }) => !entered.has(id));
      await putRegions(regions.map(regionRow), at);
      for (const { id, name, short } of pack.departments) await putDepartment({ id, name, short });
      await db.delete(measureDepartment);
      for (const m of pack.measures) {
        await putMeasure({ no: m.no, groupNo: m.group, title: m.title });
        for (const [part, ids] of [
          ["lead", m.lead],
          ["support", m.support],
        ] as const) {
          for (const departmentId of ids) await putPart({ measureNo: m.no, departmentId, part });
        }
      }
      for (const { id, measure: measureNo, name, value, unit, deadline } of pack.indicators)
        await putIndicator({ id, measureNo, name, value, unit, deadline });
    },
    /** A town as the office has it: from now on its word stands in the place of the pack's. */
    async enterTown({ id, name, county, from, to, successor }: EnteredTown, at: EpochMs): Promise<void> {
      const known = (await db.select().from(region).where(eq(region.id, id)))[0];
      const last = (await db.select({ most: max(region.sort) }).from(region))[0]?.most ?? 0;
      const row = { id, name, short: known?.short ?? name, kind: "town", code: null } as const;
      const when = { validFrom: from, validTo: to, successor, enteredIn: county };
      await putRegions([{ ...row, ...when, sort: known?.sort ?? last + 1 }], at);
    },
    /** Takes away a town that the office has entered, with the days that its stations make. @returns false where anything rests on it. */
    async removeTown(id: RegionId): Promise<boolean> {
      const connection = connectionOf(db);
      connection.prepare("delete from region_day where region_id = ? and source = 'stations'").run(id);
      try {
        connection.prepare("delete from region where id = ? and entered_in is not null").run(id);
        return true;
      } catch (error) {
        if ((error as { code?: unknown }).code === "SQLITE_CONSTRAINT_FOREIGNKEY") return false;
        throw error;
      }
    },
    async setCountyTarget(row: CountyTarget): Promise<void> {
      await db
        .insert(countyTarget)
        .values(row)
        .onConflictDoUpdate({
          target: [countyTarget.regionId, countyTarget.indicator, countyTarget.span],
          set: { constraint: row.constraint, stretch: row.stretch },
        });
    },
    async removeCountyTarget({ regionId, indicator, span }: TargetKey): Promise<void> {
      await db
        .delete(countyTarget)
        .where(
          and(
            eq(countyTarget.regionId, regionId),
            eq(countyTarget.indicator, indicator),
            eq(countyTarget.span, span),
          ),
        );
    },
  };
}

type RegionRow = typeof region.$inferInsert & { successor: RegionId | null };

const regionRow = (one: Region | Subunit): RegionRow => ({
  id: one.id,
  code: "code" in one ? (one.code ?? null) : null,
  name: one.name,
  short: one.short,
  kind: one.kind,
  validFrom: one.from ?? null,
  validTo: one.to ?? null,
  successor: "successor" in one ? (one.successor ?? null) : null,
  sort: one.order,
});
