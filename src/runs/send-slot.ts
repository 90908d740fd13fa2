import type { Card } from "../chat/card.ts";
import type { Context, Schedule, Slot } from "../chat/command.ts";
import { withUnknownYears } from "../chat/unknown-years.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Writer } from "../store/store.ts";
import { queueDeliveries } from "./queue-deliveries.ts";

/**
 * Queues what a job sends for one slot, in the caller's transaction. The job sees `context`,
 * the office as of when the slot was due; `at` is when it is really sent (ms UTC). `marked` draws what is sent late.
 * @returns how many deliveries it came to.
 */
export async function sendSlot(
  job: Schedule,
  slot: Slot,
  context: Context<Writer>,
  { at, marked = (card) => card }: { at: EpochMs; marked?: (card: Card) => Card },
): Promise<number> {
  const { store, office, today } = context;
  const time = slot.at.toPlainDateTime().toString({ smallestUnit: "minute" });
  const planned = { job: job.name, slot: slot.at.epochMilliseconds };
  // The calendar says on which day it goes out.
  const isCounted = !("cron" in job.when && job.when.dayRule === "as-is");
  const said = (card: Card) =>
    marked(isCounted ? withUnknownYears(card, [slot.at.toPlainDate(), today], office) : card);
  const deliveries = await job.deliver({ ...slot, workedOffAt: at }, context);
  const queued = await queueDeliveries({ ...planned, key: `${job.name}/${time}` }, deliveries, context, {
    at,
    marked: said,
  });
  await store.ledger.countDeliveries(planned.job, planned.slot, queued);
  return queued;
}
