import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { DepartmentId, EpochMs, PersonId, RegionId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { paperCandidate, paperCandidateStep } from "./schema.ts";

/** noticed: only warned of; proposed: waits for the office; lapsed: the rule no longer names it. */
export type CandidateState = "noticed" | "proposed" | "confirmed" | "struck" | "lapsed";
/** A county or a department; exactly one of the two. */
export type CandidateUnit = { regionId: RegionId | null; departmentId: DepartmentId | null };

export type Candidate<F = unknown> = Omit<typeof paperCandidate.$inferSelect, "facts" | "state"> & {
  state: CandidateState;
  facts: F;
};
export type CandidateStep = Omit<typeof paperCandidateStep.$inferSelect, "detail"> & {
  detail: Readonly<Record<string, string>>;
};

/** Units that a rule, or somebody, names for a kind of paper, and what became of them. */
export function candidateReads(db: Db) {
  const read = (row: typeof paperCandidate.$inferSelect): Candidate => ({
    ...row,
    state: row.state as CandidateState,
    facts: JSON.parse(row.facts),
  });
  const ofKind = prepared(() =>
    db
      .select()
      .from(paperCandidate)
      .where(
        and(
          eq(paperCandidate.kind, sql.placeholder("kind")),
          sql`${paperCandidate.period} = coalesce(${sql.placeholder("period")}, ${paperCandidate.period})`,
        ),
      )
      .orderBy(desc(paperCandidate.period), asc(paperCandidate.id)),
  );
  return {
    async byId(id: number): Promise<Candidate | null> {
      const rows = await db.select().from(paperCandidate).where(eq(paperCandidate.id, id));
      return rows[0] === undefined ? null : read(rows[0]);
    },
    /** All of a kind, newest month first; of some units, or of a month, where they are named. */
    async ofKind(
      kind: string,
      { regionIds, period }: { regionIds?: readonly RegionId[]; period?: string } = {},
    ): Promise<Candidate[]> {
      const rows = await ofKind({ kind, period: period ?? null });
      const isMeant = ({ regionId }: (typeof rows)[number]) =>
        regionIds === undefined || (regionId !== null && regionIds.includes(regionId));
      return rows.filter(isMeant).map(read);
    },
    /** What followed the decision on a candidate, in its order. */
    async steps(candidateId: number): Promise<CandidateStep[]> {
      const rows = await db
        .select()
        .from(paperCandidateStep)
        .where(eq(paperCandidateStep.candidateId, candidateId))
        .orderBy(asc(paperCandidateStep.id));
      return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) }));
    },
  };
}

export function candidateWrites(db: Db) {
  return {
    async add(
      row: CandidateUnit & {
        kind: string;
        period: string;
        state: CandidateState;
        facts: unknown;
        reason?: string;
        proposedAt: EpochMs;
        proposedBy?: PersonId;
      },
    ): Promise<number> {
      const rows = await db
        .insert(paperCandidate)
        .values({ ...row, facts: JSON.stringify(row.facts) })
        .returning({ id: paperCandidate.id });
      return rows[0]?.id as number;
    },
    /** What became of it, by whom (nobody: by the rule) and why; `facts` as they stood then, where they are others by now. */
    async settle(
      id: number,
      {
        facts,
        ...set
      }: {
        state: CandidateState;
        reason?: string | null;
        facts?: unknown;
        decidedAt: EpochMs;
        decidedBy: PersonId | null;
      },
    ): Promise<void> {
      await db
        .update(paperCandidate)
        .set({ ...set, ...(facts === undefined ? {} : { facts: JSON.stringify(facts) }) })
        .where(eq(paperCandidate.id, id));
    },
    async addStep(row: {
      candidateId: number;
      step: string;
      detail: Readonly<Record<string, string>>;
      at: EpochMs;
      personId: PersonId | null;
    }): Promise<void> {
      await db.insert(paperCandidateStep).values({ ...row, detail: JSON.stringify(row.detail) });
    },
  };
}
