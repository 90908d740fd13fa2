import { and, asc, eq, sql } from "drizzle-orm";
import type { EpochMs, IssueId, PersonId } from "../domain/ids.ts";
import type { Issue } from "./issues.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { issue, spotCheck } from "./schema.ts";

export type SpotCheck = typeof spotCheck.$inferSelect;

/** Closed issues that somebody of another unit looks at again on the spot. */
export function spotCheckReads(db: Db) {
  const inState = prepared(() =>
    db
      .select({ check: spotCheck, issue })
      .from(spotCheck)
      .innerJoin(issue, eq(issue.id, spotCheck.issueId))
      .where(eq(spotCheck.state, sql.placeholder("state")))
      .orderBy(asc(spotCheck.due), asc(spotCheck.id)),
  );
  const openOf = prepared(() =>
    db
      .select({ check: spotCheck, issue })
      .from(spotCheck)
      .innerJoin(issue, eq(issue.id, spotCheck.issueId))
      .where(
        and(
          sql`${spotCheck.checkerId} in (select value from json_each(${sql.placeholder("checkers")}))`,
          eq(spotCheck.state, "open"),
        ),
      )
      .orderBy(asc(spotCheck.due), asc(spotCheck.id)),
  );
  const ofIssue = prepared(() =>
    db
      .select()
      .from(spotCheck)
      .where(eq(spotCheck.issueId, sql.placeholder("issueId")))
      .orderBy(asc(spotCheck.id)),
  );
  return {
    async byId(id: number): Promise<SpotCheck | null> {
      return (await db.select().from(spotCheck).where(eq(spotCheck.id, id)))[0] ?? null;
    },
    /** What some people still have to check, nearest deadline first. */
    async openOf(checkers: readonly PersonId[]): Promise<{ check: SpotCheck; issue: Issue }[]> {
      return openOf({ checkers: JSON.stringify(checkers) });
    },
    /** All checks in one state, nearest deadline first. */
    async inState(state: SpotCheck["state"]): Promise<{ check: SpotCheck; issue: Issue }[]> {
      return inState({ state });
    },
    async ofIssue(issueId: IssueId): Promise<SpotCheck[]> {
      return ofIssue({ issueId });
    },
  };
}

export function spotCheckWrites(db: Db) {
  return {
    async draw(row: typeof spotCheck.$inferInsert): Promise<SpotCheck> {
      return (await db.insert(spotCheck).values(row).returning())[0] as SpotCheck;
    },
    /** Gives an open check to another checker. @returns false when it has been decided before. */
    async passTo(id: number, checkerId: PersonId): Promise<boolean> {
      const rows = await db
        .update(spotCheck)
        .set({ checkerId })
        .where(and(eq(spotCheck.id, id), eq(spotCheck.state, "open")))
        .returning({ id: spotCheck.id });
      return rows.length === 1;
    },
    /** Writes down what was found. @returns null when it has been decided before. */
    async decide(
      id: number,
      found: { state: "passed" | "failed"; at: EpochMs; text: string | null },
    ): Promise<SpotCheck | null> {
      const rows = await db
        .update(spotCheck)
        .set({ state: found.state, checkedAt: found.at, text: found.text })
        .where(and(eq(spotCheck.id, id), eq(spotCheck.state, "open")))
        .returning();
      return rows[0] ?? null;
    },
  };
}
