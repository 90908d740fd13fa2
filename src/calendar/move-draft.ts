import type { Context } from "../chat/command.ts";
import { MOST_DAYS_MOVED } from "../domain/day-rule.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { SlotMove } from "../store/slot-moves.ts";
import type { Writer } from "../store/store.ts";
import { type JobSlot, slotsOf } from "./job-slots.ts";

const DAY_MS = 86_400_000;
/** A slot that a holiday or somebody has moved stands elsewhere in the calendar. */
const REACH_MS = MOST_DAYS_MOVED * DAY_MS;

/**
 * What prepares a slot that is moved (拟稿 an hour before its paper) moves with it, as long before it as was planned; not where it
 * has run. @returns when that is now, null where nothing was moved.
 */
export async function moveDraftOf(
  { job, slot }: JobSlot,
  moved: Omit<SlotMove, "job" | "slot" | "times">,
  context: Context<Writer>,
): Promise<EpochMs | null> {
  const { preparedBy: drafting } = job;
  if (drafting === undefined) return null;
  const near = await slotsOf(drafting, { from: slot - REACH_MS, to: slot + REACH_MS }, context);
  const draft = near.find((one) => one.slot <= slot && slot - one.slot < DAY_MS);
  if (draft === undefined || draft.run !== null) return null;
  const due = Math.max(moved.due - (slot - draft.slot), context.now.epochMilliseconds);
  await context.store.slotMoves.put({ ...moved, job: drafting.name, slot: draft.slot, due });
  return due;
}
