import { and, asc, between, desc, eq, gt, gte, ne, sql } from "drizzle-orm";
import type { EpochMs } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { jobLedger, jobRun } from "./schema.ts";

/** On time, late by the job's policy, dropped by it, or dropped and sent all the same because somebody of the office said so. */
export type SlotState = "ran" | "caught-up" | "skipped" | "resent";

export function ledgerReads(db: Db) {
  const byJob = prepared(() =>
    db
      .select()
      .from(jobLedger)
      .where(eq(jobLedger.job, sql.placeholder("job"))),
  );
  return {
    /** Instant (ms UTC) up to which the job's slots are decided, or null before its first registration. */
    async workedOffUntil(job: string): Promise<number | null> {
      return (await byJob({ job }))[0]?.lastSlot ?? null;
    },
    /** Slots that a policy has dropped since an instant (ms UTC) and nobody has sent after all, newest first. */
    async dropped(since: EpochMs, limit: number): Promise<{ job: string; slot: EpochMs }[]> {
      return db
        .select({ job: jobRun.job, slot: jobRun.slot })
        .from(jobRun)
        .where(and(eq(jobRun.state, "skipped"), gte(jobRun.at, since)))
        .orderBy(desc(jobRun.slot), asc(jobRun.job))
        .limit(limit);
    },
    /** Slots of the job within [from, to] that were run, on time or late, oldest first. */
    async run(job: string, from: EpochMs, to: EpochMs): Promise<EpochMs[]> {
      const rows = await db
        .select({ slot: jobRun.slot })
        .from(jobRun)
        .where(and(eq(jobRun.job, job), between(jobRun.slot, from, to), ne(jobRun.state, "skipped")))
        .orderBy(asc(jobRun.slot));
      return rows.map((row) => row.slot);
    },
  };
}

export function ledgerWrites(db: Db) {
  return {
    async setWorkedOff(job: string, until: EpochMs): Promise<void> {
      await db
        .insert(jobLedger)
        .values({ job, lastSlot: until })
        .onConflictDoUpdate({ target: jobLedger.job, set: { lastSlot: until } });
    },
    /** Decides a slot. @returns false when it was decided before: then nothing may be sent for it. */
    async decide(run: {
      job: string;
      slot: EpochMs;
      state: SlotState;
      at: EpochMs;
      deliveries: number;
    }): Promise<boolean> {
      return (
        (await db.insert(jobRun).values(run).onConflictDoNothing().returning({ slot: jobRun.slot }))
          .length === 1
      );
    },
    /** A dropped slot is sent all the same. @returns false when it wasn't dropped, or has been sent since. */
    async resend(job: string, slot: EpochMs, at: EpochMs): Promise<boolean> {
      const rows = await db
        .update(jobRun)
        .set({ state: "resent", at })
        .where(and(eq(jobRun.job, job), eq(jobRun.slot, slot), eq(jobRun.state, "skipped")))
        .returning({ slot: jobRun.slot });
      return rows.length === 1;
    },
    /** Slots of the future that were dropped by a clock that ran ahead are to come after all. @returns how many. */
    async restoreAfter(now: EpochMs): Promise<number> {
      const rows = await db
        .delete(jobRun)
        .where(and(gt(jobRun.slot, now), eq(jobRun.state, "skipped")))
        .returning({ slot: jobRun.slot });
      return rows.length;
    },
    async countDeliveries(job: string, slot: EpochMs, deliveries: number): Promise<void> {
      await db
        .update(jobRun)
        .set({ deliveries })
        .where(and(eq(jobRun.job, job), eq(jobRun.slot, slot)));
    },
  };
}
