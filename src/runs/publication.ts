import type { Context, Schedule, Slot } from "../chat/command.ts";
import type { Writer } from "../store/store.ts";

/**
 * Keeps what a slot has published and what that rests on: its figures, its days and those that they are compared with, and
 * the imports that all of those are of. A job without published figures leaves nothing.
 */
export async function notePublication(job: Schedule, slot: Slot, context: Context<Writer>): Promise<void> {
  if (job.publishes === undefined) return;
  const { store } = context;
  const { from, to } = job.publishes(slot);
  const own = [from.toString(), to.toString()] as const;
  const restsOn = [own, ...(job.comparedWith?.(slot) ?? [])];
  // Whether its own days were audited is printed, too.
  const batches = new Set([...(await store.air.batchesOf(restsOn)), ...(await store.air.auditsOf(own))]);
  await store.publications.add({
    job: job.name,
    slot: slot.at.epochMilliseconds,
    title: job.title,
    firstDay: own[0],
    lastDay: own[1],
    restsOn,
    batches: [...batches].sort((a, b) => a - b),
    figures: (await job.prints?.(slot, context)) ?? null,
  });
}
