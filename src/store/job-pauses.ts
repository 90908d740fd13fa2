import { and, asc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { jobPause } from "./schema.ts";

/** A time in which nothing of a job goes out. */
export type JobPause = typeof jobPause.$inferSelect;

export function jobPauseReads(db: Db) {
  const within = prepared(() =>
    db
      .select()
      .from(jobPause)
      .where(
        and(
          eq(jobPause.job, sql.placeholder("job")),
          lte(jobPause.pausedAt, sql.placeholder("to")),
          or(isNull(jobPause.endedAt), gt(jobPause.endedAt, sql.placeholder("from"))),
        ),
      )
      .orderBy(asc(jobPause.pausedAt)),
  );
  const toAsk = prepared(() =>
    db
      .select()
      .from(jobPause)
      .where(lte(jobPause.askAt, sql.placeholder("now")))
      .orderBy(asc(jobPause.id)),
  );
  return {
    /** The pauses of a job that reach into [from, to], oldest first. */
    async within(job: string, from: EpochMs, to: EpochMs): Promise<JobPause[]> {
      return within({ job, from, to });
    },
    /** Pauses that have run out and whose slots nobody has been asked about yet. */
    async toAsk(now: EpochMs): Promise<JobPause[]> {
      return toAsk({ now });
    },
  };
}

export function jobPauseWrites(db: Db) {
  return {
    async begin(row: Omit<typeof jobPause.$inferInsert, "id" | "endedBy">): Promise<void> {
      await db.insert(jobPause).values(row);
    },
    /** Another end, for another reason. */
    async amend(
      id: number,
      change: Pick<JobPause, "until" | "endedAt" | "askAt" | "pausedBy" | "reason">,
    ): Promise<void> {
      await db.update(jobPause).set(change).where(eq(jobPause.id, id));
    },
    async end(id: number, endedBy: PersonId, at: EpochMs): Promise<void> {
      await db.update(jobPause).set({ endedAt: at, askAt: null, endedBy }).where(eq(jobPause.id, id));
    },
    /** The office has been asked what becomes of its slots. */
    async asked(id: number): Promise<void> {
      await db.update(jobPause).set({ askAt: null }).where(eq(jobPause.id, id));
    },
  };
}
