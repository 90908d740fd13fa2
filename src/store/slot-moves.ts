import { and, asc, between, eq, isNull, or, sql } from "drizzle-orm";
import type { EpochMs } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { jobRun, slotMove } from "./schema.ts";

/** A slot that the office has moved: `slot` names it, `due` is when it goes out instead. */
export type SlotMove = typeof slotMove.$inferSelect;

export function slotMoveReads(db: Db) {
  const open = prepared(() =>
    db
      .select({ move: slotMove })
      .from(slotMove)
      .leftJoin(jobRun, and(eq(jobRun.job, slotMove.job), eq(jobRun.slot, slotMove.slot)))
      .where(isNull(jobRun.slot))
      .orderBy(asc(slotMove.due), asc(slotMove.slot)),
  );
  const ofSlot = prepared(() =>
    db
      .select()
      .from(slotMove)
      .where(and(eq(slotMove.job, sql.placeholder("job")), eq(slotMove.slot, sql.placeholder("slot")))),
  );
  return {
    /** Moves of slots that aren't decided yet, by their jobs, each job's earliest first. */
    async open(): Promise<ReadonlyMap<string, SlotMove[]>> {
      return Map.groupBy(
        (await open()).map(({ move }) => move),
        ({ job }) => job,
      );
    },
    /** Moves of a job's slots that are planned within [from, to], or go out then. */
    async within(job: string, from: EpochMs, to: EpochMs): Promise<SlotMove[]> {
      return db
        .select()
        .from(slotMove)
        .where(
          and(eq(slotMove.job, job), or(between(slotMove.slot, from, to), between(slotMove.due, from, to))),
        )
        .orderBy(asc(slotMove.slot));
    },
    async of(job: string, slot: EpochMs): Promise<SlotMove | null> {
      return (await ofSlot({ job, slot }))[0] ?? null;
    },
  };
}

export function slotMoveWrites(db: Db) {
  return {
    /** Moves a slot, or moves it again; `times` counts it. */
    async put(move: Omit<SlotMove, "times">): Promise<void> {
      const { job: _job, slot: _slot, ...changed } = move;
      await db
        .insert(slotMove)
        .values({ ...move, times: 1 })
        .onConflictDoUpdate({
          target: [slotMove.job, slotMove.slot],
          set: { ...changed, times: sql`${slotMove.times} + 1` },
        });
    },
  };
}
