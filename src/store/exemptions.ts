import { and, asc, eq, gte, lte, or, sql } from "drizzle-orm";
import type { ExemptionBasis, ExemptionState } from "../domain/enterprises/exemption.ts";
import type { EnterpriseId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { exemption } from "./schema.ts";

type Stored = typeof exemption.$inferSelect;
export type Exemption = Omit<Stored, "state" | "basis"> & { state: ExemptionState; basis: ExemptionBasis };
export type NewExemption = Omit<typeof exemption.$inferInsert, "id" | "version" | "state" | "basis"> &
  Pick<Exemption, "state" | "basis">;

const asExemptions = (rows: readonly Stored[]) => rows as Exemption[];

/** 豁免清单: entries as they were proposed, signed and revoked. */
export function exemptionReads(db: Db) {
  const ending = prepared(() =>
    db
      .select()
      .from(exemption)
      .where(and(gte(exemption.to, sql.placeholder("from")), lte(exemption.to, sql.placeholder("to"))))
      .orderBy(asc(exemption.to), asc(exemption.id)),
  );
  const covering = prepared(() =>
    db
      .select()
      .from(exemption)
      .where(and(lte(exemption.from, sql.placeholder("day")), gte(exemption.to, sql.placeholder("day"))))
      .orderBy(asc(exemption.id)),
  );
  const all = prepared(() =>
    db.select().from(exemption).orderBy(asc(exemption.regionId), asc(exemption.name), asc(exemption.id)),
  );
  return {
    async byId(id: number): Promise<Exemption | null> {
      return asExemptions(await db.select().from(exemption).where(eq(exemption.id, id)))[0] ?? null;
    },
    /** All entries of a name, or of the enterprise that it is, oldest first. */
    async of({
      name,
      enterpriseId,
    }: {
      name: string;
      enterpriseId: EnterpriseId | null;
    }): Promise<Exemption[]> {
      const named = eq(exemption.name, name);
      return asExemptions(
        await db
          .select()
          .from(exemption)
          .where(enterpriseId === null ? named : or(named, eq(exemption.enterpriseId, enterpriseId)))
          .orderBy(asc(exemption.id)),
      );
    },
    /** Entries whose days cover one, whatever their state. */
    async covering(day: string): Promise<Exemption[]> {
      return asExemptions(await covering({ day }));
    },
    /** Entries that end within some days, by their end. */
    async ending(from: string, to: string): Promise<Exemption[]> {
      return asExemptions(await ending({ from, to }));
    },
    async all(): Promise<Exemption[]> {
      return asExemptions(await all());
    },
    async ofBatch(batchId: number): Promise<Exemption[]> {
      return asExemptions(
        await db.select().from(exemption).where(eq(exemption.batchId, batchId)).orderBy(asc(exemption.id)),
      );
    },
  };
}

export function exemptionWrites(db: Db) {
  return {
    async add(row: NewExemption): Promise<Exemption> {
      return asExemptions(await db.insert(exemption).values(row).returning())[0] as Exemption;
    },
    /** Changes an entry that was read in the same transaction, and so still stands as it did. */
    async change(
      { id, version }: Pick<Exemption, "id" | "version">,
      set: Partial<
        Pick<
          Exemption,
          "state" | "decidedAt" | "decidedBy" | "revokedAt" | "revokedBy" | "reason" | "evidenceId"
        >
      >,
    ): Promise<Exemption> {
      const rows = await db
        .update(exemption)
        .set({ ...set, version: version + 1 })
        .where(and(eq(exemption.id, id), eq(exemption.version, version)))
        .returning();
      const [changed] = asExemptions(rows);
      if (changed === undefined) throw new Error(`exemption ${id} has changed within its own transaction`);
      return changed;
    },
    /** Of an import that is taken back before anybody has signed. */
    async remove(id: number): Promise<void> {
      await db.delete(exemption).where(eq(exemption.id, id));
    },
  };
}
