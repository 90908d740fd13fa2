import { and, asc, between, desc, eq, gt, gte, inArray, notInArray, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { given, prepared, preparedFor } from "./prepared.ts";
import { jobLedger, jobRun } from "./schema.ts";

/** A slot that was decided. */
export type SlotRun = typeof jobRun.$inferSelect;
export type SlotState = SlotRun["state"];

/** Of these nothing has gone out; somebody of the office may have it sent after all. */
const UNSENT: SlotState[] = ["skipped", "paused"];

/** When a slot was to go out; rows of before this was kept say when it was planned. */
const dueOfRun = sql<EpochMs>`coalesce(${jobRun.due}, ${jobRun.slot})`;

export function ledgerReads(db: Db) {
  const byJob = prepared(() =>
    db
      .select()
      .from(jobLedger)
      .where(eq(jobLedger.job, sql.placeholder("job"))),
  );
  const marks = prepared(() => db.select().from(jobLedger));
  const decided = prepared(() =>
    db
      .select()
      .from(jobRun)
      .where(
        and(
          eq(jobRun.job, sql.placeholder("job")),
          between(jobRun.slot, sql.placeholder("from"), sql.placeholder("to")),
        ),
      )
      .orderBy(asc(jobRun.slot)),
  );
  return {
    /** Instant (ms UTC) up to which the job's slots are decided, or null before its first registration. */
    async workedOffUntil(job: string): Promise<number | null> {
      return (await byJob({ job }))[0]?.lastSlot ?? null;
    },
    /** The same of every job that was registered. */
    async marks(): Promise<ReadonlyMap<string, EpochMs>> {
      return new Map((await marks()).map(({ job, lastSlot }) => [job, lastSlot]));
    },
    /** Slots that a policy or a pause has dropped since an instant (ms UTC) and nobody has sent after all, newest first. */
    async dropped(since: EpochMs, limit: number): Promise<SlotRun[]> {
      return db
        .select()
        .from(jobRun)
        .where(and(inArray(jobRun.state, UNSENT), gte(jobRun.at, since)))
        .orderBy(desc(jobRun.slot), asc(jobRun.job))
        .limit(limit);
    },
    /** Slots of the job within [from, to] of which something was sent, on time or not, oldest first. */
    async run(job: string, from: EpochMs, to: EpochMs): Promise<EpochMs[]> {
      const rows = await db
        .select({ slot: jobRun.slot })
        .from(jobRun)
        .where(and(eq(jobRun.job, job), between(jobRun.slot, from, to), notInArray(jobRun.state, UNSENT)))
        .orderBy(asc(jobRun.slot));
      return rows.map((row) => row.slot);
    },
    /** What has become of a slot; null while it isn't decided. */
    async of(job: string, slot: EpochMs): Promise<SlotRun | null> {
      const rows = await db
        .select()
        .from(jobRun)
        .where(and(eq(jobRun.job, job), eq(jobRun.slot, slot)));
      return rows[0] ?? null;
    },
    /** The decided slots of a job that are planned within [from, to], oldest first. */
    async decided(job: string, from: EpochMs, to: EpochMs): Promise<SlotRun[]> {
      return decided({ job, from, to });
    },
    /** Slots of a job that a pause from `from` to `to` has held back and nobody has sent since, oldest first. */
    async paused(job: string, from: EpochMs, to: EpochMs): Promise<SlotRun[]> {
      return db
        .select()
        .from(jobRun)
        .where(
          and(
            eq(jobRun.job, job),
            eq(jobRun.state, "paused"),
            gte(jobRun.at, from),
            sql`${dueOfRun} < ${to}`,
          ),
        )
        .orderBy(asc(jobRun.slot));
    },
  };
}

export function ledgerWrites(db: Db) {
  const setWorkedOff = prepared(() =>
    db
      .insert(jobLedger)
      .values(given("job", "lastSlot"))
      .onConflictDoUpdate({ target: jobLedger.job, set: { lastSlot: sql`excluded.last_slot` } }),
  );
  const putForward = prepared(() =>
    db
      .insert(jobLedger)
      .values(given("job", "lastSlot"))
      .onConflictDoUpdate({
        target: jobLedger.job,
        set: { lastSlot: sql`max(${jobLedger.lastSlot}, excluded.last_slot)` },
      }),
  );
  const decide = preparedFor((run: typeof jobRun.$inferInsert) =>
    db.insert(jobRun).values(run).onConflictDoNothing().returning({ slot: jobRun.slot }),
  );
  const countDeliveries = prepared(() =>
    db
      .update(jobRun)
      .set({ deliveries: sql`${sql.placeholder("deliveries")}` })
      .where(and(eq(jobRun.job, sql.placeholder("job")), eq(jobRun.slot, sql.placeholder("slot")))),
  );
  return {
    async setWorkedOff(job: string, until: EpochMs): Promise<void> {
      await setWorkedOff({ job, lastSlot: until });
    },
    /** The job's slots are decided until one of them, or further. */
    async workedOff(job: string, slot: EpochMs): Promise<void> {
      await putForward({ job, lastSlot: slot });
    },
    /** Decides a slot. @returns false when it was decided before: then nothing may be sent for it. */
    async decide(run: typeof jobRun.$inferInsert): Promise<boolean> {
      return (await decide(run)).length === 1;
    },
    /** A slot of which nothing was sent is sent all the same. @returns false when it has been sent since. */
    async resend(
      { job, slot }: { job: string; slot: EpochMs },
      by: { at: EpochMs; byId: PersonId; reason?: string },
    ): Promise<boolean> {
      const rows = await db
        .update(jobRun)
        .set({ state: "resent", ...by })
        .where(and(eq(jobRun.job, job), eq(jobRun.slot, slot), inArray(jobRun.state, UNSENT)))
        .returning({ slot: jobRun.slot });
      return rows.length === 1;
    },
    /** Slots of the future that were dropped by a clock that ran ahead are to come after all. @returns how many. */
    async restoreAfter(now: EpochMs): Promise<number> {
      const rows = await db
        .delete(jobRun)
        .where(and(gt(dueOfRun, now), inArray(jobRun.state, UNSENT)))
        .returning({ slot: jobRun.slot });
      return rows.length;
    },
    async countDeliveries(job: string, slot: EpochMs, deliveries: number): Promise<void> {
      await countDeliveries({ job, slot, deliveries });
    },
  };
}
