import type { Context, Schedule } from "../chat/command.ts";
import { MOST_DAYS_MOVED } from "../domain/day-rule.ts";
import type { EpochMs } from "../domain/ids.ts";
import { dueSlots, regularDue } from "../runs/slots.ts";
import type { JobPause } from "../store/job-pauses.ts";
import type { SlotRun } from "../store/ledger.ts";
import type { SlotMove } from "../store/slot-moves.ts";
import type { Reader } from "../store/store.ts";

/** A job's slot as the calendar has it: what was decided of it, or when it is to come. */
export type JobSlot = {
  job: Schedule;
  /** The planned instant, which names it. */
  slot: EpochMs;
  /** When it goes out, or was to go out. */
  due: EpochMs;
  /** When it would go out if nobody had moved it; null where by today's calendar it wouldn't. */
  regular: EpochMs | null;
  /** What has become of it; null while it is to come. */
  run: SlotRun | null;
  move: SlotMove | null;
  /** The pause that it falls into. */
  pause: JobPause | null;
};

type Around = Pick<Context<Reader>, "store" | "office" | "now">;

const DAY_MS = 86_400_000;
const REACH_MS = MOST_DAYS_MOVED * DAY_MS;
const YEAR_MS = 397 * DAY_MS;

/** The slots of a job that were or are due within [from, to], oldest first. Of the past only what was decided. */
export async function slotsOf(
  job: Schedule,
  { from, to }: { from: EpochMs; to: EpochMs },
  { store, office, now }: Around,
): Promise<JobSlot[]> {
  const at = now.epochMilliseconds;
  const moves = await store.slotMoves.within(job.name, from - REACH_MS, to + REACH_MS);
  const runs = await store.ledger.decided(job.name, from - REACH_MS, to + REACH_MS);
  const pauses = await store.jobPauses.within(job.name, from, to);
  const moveOf = new Map(moves.map((move) => [move.slot, move]));
  const decided = new Set(runs.map(({ slot }) => slot));
  const pauseOf = (due: EpochMs) =>
    pauses.find(({ pausedAt, endedAt }) => pausedAt <= due && due < (endedAt ?? Number.POSITIVE_INFINITY)) ??
    null;
  const whole = ({ slot, due, run }: { slot: EpochMs; due: EpochMs; run: SlotRun | null }): JobSlot => ({
    job,
    slot,
    due,
    run,
    regular: regularDue(job, office, slot),
    move: moveOf.get(slot) ?? null,
    pause: pauseOf(due),
  });
  const past = runs.map((run) => whole({ slot: run.slot, due: run.due ?? run.slot, run }));
  const open = moves.filter(({ slot }) => !decided.has(slot));
  const mark = (await store.ledger.workedOffUntil(job.name)) ?? at;
  const ahead = dueSlots(job, office, Math.max(mark, from - REACH_MS), to, open)
    .filter(({ slot, due }) => !decided.has(slot) && (due > at || moveOf.has(slot)))
    .map((one) => whole({ ...one, run: null }));
  return [...past, ...ahead]
    .filter((one) => from <= slotPlace(one) && slotPlace(one) <= to)
    .sort((a, b) => slotPlace(a) - slotPlace(b) || a.slot - b.slot);
}

/** Where a slot stands in the calendar: what was run before its time stands where it was run. */
export const slotPlace = ({ due, run }: JobSlot): EpochMs => (run?.state === "by-hand" ? run.at : due);

/** The slots of a job that are still to come, soonest first: within a year and a month, so that each job has one. */
export async function comingSlots(job: Schedule, around: Around): Promise<JobSlot[]> {
  const at = around.now.epochMilliseconds;
  const slots = await slotsOf(job, { from: at, to: at + YEAR_MS }, around);
  return slots.filter(({ run }) => run === null);
}
