import { and, asc, count, desc, eq, like } from "drizzle-orm";
import type { EpochMs, IssueId, PersonId } from "../domain/ids.ts";
import type { Issue } from "./issues.ts";
import type { Db } from "./open.ts";
import { issue, transfer, transferIssue } from "./schema.ts";

export type Transfer = typeof transfer.$inferSelect;

/** Files prepared for discipline inspection: one person proposes, another decides. */
export function transferReads(db: Db) {
  return {
    async byId(id: number): Promise<Transfer | null> {
      return (await db.select().from(transfer).where(eq(transfer.id, id)))[0] ?? null;
    },
    /** The newest file that an issue is part of. */
    async ofIssue(issueId: IssueId): Promise<Transfer | null> {
      const rows = await db
        .select({ transfer })
        .from(transferIssue)
        .innerJoin(transfer, eq(transfer.id, transferIssue.transferId))
        .where(eq(transferIssue.issueId, issueId))
        .orderBy(desc(transfer.id))
        .limit(1);
      return rows[0]?.transfer ?? null;
    },
    /** The issues of a file, in the order of their numbers. */
    async issuesOf(id: number): Promise<Issue[]> {
      const rows = await db
        .select({ issue })
        .from(transferIssue)
        .innerJoin(issue, eq(issue.id, transferIssue.issueId))
        .where(eq(transferIssue.transferId, id))
        .orderBy(asc(issue.no));
      return rows.map((row) => row.issue);
    },
    async inState(state: Transfer["state"]): Promise<Transfer[]> {
      return db.select().from(transfer).where(eq(transfer.state, state)).orderBy(asc(transfer.id));
    },
  };
}

export function transferWrites(db: Db) {
  return {
    /** Opens a file under a name of its own, such as 移送件2020-3: its letter is numbered when it is signed. */
    async propose(
      row: Omit<typeof transfer.$inferInsert, "no">,
      { year, issues }: { year: number; issues: readonly IssueId[] },
    ): Promise<Transfer> {
      const taken =
        (
          await db
            .select({ n: count() })
            .from(transfer)
            .where(like(transfer.no, `移送件${year}-%`))
        )[0]?.n ?? 0;
      const no = `移送件${year}-${taken + 1}`;
      const opened = (
        await db
          .insert(transfer)
          .values({ ...row, no })
          .returning()
      )[0] as Transfer;
      await db.insert(transferIssue).values(issues.map((issueId) => ({ transferId: opened.id, issueId })));
      return opened;
    },
    /** @returns null when it has been decided before. */
    async decide(
      id: number,
      decision: {
        state: "approved" | "refused";
        by: PersonId;
        behalf: PersonId | null;
        at: EpochMs;
        text: string | null;
      },
    ): Promise<Transfer | null> {
      const rows = await db
        .update(transfer)
        .set({
          state: decision.state,
          decidedBy: decision.by,
          decidedFor: decision.behalf,
          decidedAt: decision.at,
          decision: decision.text,
        })
        .where(and(eq(transfer.id, id), eq(transfer.state, "proposed")))
        .returning();
      return rows[0] ?? null;
    },
  };
}
