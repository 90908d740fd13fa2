import { and, asc, between, eq, inArray, isNull, sql } from "drizzle-orm";
import type { EpochMs, IssueId } from "../domain/ids.ts";
import type { Issue } from "./issues.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { issue, issueIntake } from "./schema.ts";

/** A sender's row and the problem that it has become. */
export type Intake = typeof issueIntake.$inferSelect;

/** What hotlines, the press and superiors have handed down. */
export function intakeReads(db: Db) {
  const ofIssue = prepared(() =>
    db
      .select()
      .from(issueIntake)
      .where(eq(issueIntake.issueId, sql.placeholder("issueId")))
      .orderBy(asc(issueIntake.id)),
  );
  return {
    /** What a sender calls so; null where it hasn't come yet. */
    async byReference(sender: string, reference: string): Promise<Intake | null> {
      const rows = await db
        .select()
        .from(issueIntake)
        .where(and(eq(issueIntake.sender, sender), eq(issueIntake.reference, reference)));
      return rows[0] ?? null;
    },
    /** Who is to be told what has become of a problem. */
    async ofIssue(issueId: IssueId): Promise<Intake[]> {
      return ofIssue({ issueId });
    },
    /** What came of a sender within [from, to] with the problem that it has become, in the order of its files. */
    async received(sender: string, from: EpochMs, to: EpochMs): Promise<{ intake: Intake; issue: Issue }[]> {
      return db
        .select({ intake: issueIntake, issue })
        .from(issueIntake)
        .innerJoin(issue, eq(issue.id, issueIntake.issueId))
        .where(and(eq(issueIntake.sender, sender), between(issueIntake.receivedAt, from, to)))
        .orderBy(asc(issueIntake.id));
    },
  };
}

export function intakeWrites(db: Db) {
  return {
    async add(row: typeof issueIntake.$inferInsert): Promise<void> {
      await db.insert(issueIntake).values(row);
    },
    /** Notes that the outcome of some was handed back. @returns of how many that hadn't been. */
    async handBack(ids: readonly number[], at: EpochMs): Promise<number> {
      const rows = await db
        .update(issueIntake)
        .set({ returnedAt: at })
        .where(and(inArray(issueIntake.id, [...ids]), isNull(issueIntake.returnedAt)))
        .returning({ id: issueIntake.id });
      return rows.length;
    },
    /** Forgets what an import brought, so that its mended file can come in. */
    async dropBatch(batchId: number): Promise<void> {
      await db.delete(issueIntake).where(eq(issueIntake.batchId, batchId));
    },
  };
}
