import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { issueUnit } from "./schema.ts";

export type IssueUnit = typeof issueUnit.$inferSelect;
export type UnitRole = IssueUnit["role"];
/** Who a unit is, and until when it has to do its part; null: the issue's deadline. */
export type IssuePart = Pick<IssueUnit, "role" | "departmentId" | "regionId" | "name" | "due">;

type PartCourse = Pick<
  IssueUnit,
  "acknowledgedAt" | "acknowledgedBy" | "handedInAt" | "handedInBy" | "acceptedAt" | "acceptedBy"
>;

/** Units that have a part in issues beside the one that answers for them. Only those that have it now. */
export function issueUnitReads(db: Db) {
  const ofIssue = prepared(() =>
    db
      .select()
      .from(issueUnit)
      .where(and(eq(issueUnit.issueId, sql.placeholder("issueId")), isNull(issueUnit.removedAt)))
      .orderBy(asc(issueUnit.id)),
  );
  const ofIssues = prepared(() =>
    db
      .select()
      .from(issueUnit)
      .where(
        and(
          sql`${issueUnit.issueId} in (select value from json_each(${sql.placeholder("issueIds")}))`,
          isNull(issueUnit.removedAt),
        ),
      )
      .orderBy(asc(issueUnit.id)),
  );
  return {
    /** In the order in which they came to it. */
    async of(issueId: number): Promise<IssueUnit[]> {
      return ofIssue({ issueId });
    },
    /** The same of many issues at once. */
    async ofMany(issueIds: readonly number[]): Promise<ReadonlyMap<number, IssueUnit[]>> {
      const rows = await ofIssues({ issueIds: JSON.stringify(issueIds) });
      return Map.groupBy(rows, ({ issueId }) => issueId);
    },
  };
}

export function issueUnitWrites(db: Db) {
  return {
    async add(issueId: number, parts: readonly IssuePart[], by: { at: number; personId: number | null }) {
      if (parts.length === 0) return;
      await db
        .insert(issueUnit)
        .values(parts.map((part) => ({ ...part, issueId, addedAt: by.at, addedBy: by.personId })));
    },
    /** Ends parts; their rows stay. */
    async remove(ids: readonly number[], by: { at: number; personId: number | null }): Promise<void> {
      if (ids.length === 0) return;
      await db
        .update(issueUnit)
        .set({ removedAt: by.at, removedBy: by.personId })
        .where(and(inArray(issueUnit.id, [...ids]), isNull(issueUnit.removedAt)));
    },
    /** How far a part has come, and by whom. */
    async mark(id: number, set: Partial<PartCourse>): Promise<void> {
      await db.update(issueUnit).set(set).where(eq(issueUnit.id, id));
    },
    /** Gives a part another deadline. */
    async setDue(ids: readonly number[], due: string | null): Promise<void> {
      if (ids.length > 0)
        await db
          .update(issueUnit)
          .set({ due })
          .where(inArray(issueUnit.id, [...ids]));
    },
  };
}
