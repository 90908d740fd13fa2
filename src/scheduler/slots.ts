import { Cron } from "croner";
import type { EpochMs } from "../domain/ids.ts";

/** A job's next slot after an instant, as croner found it last: nothing lies between the two. */
const found = new Map<string, { after: EpochMs; next: EpochMs }>();

/**
 * The instants (ms UTC) within (after, until] at which a cron expression fires in a time zone, oldest first.
 * Enumerated by croner; day-of-month and day-of-week are both to hold, as in node-cron.
 */
export function slotsBetween(cron: string, timeZone: string, after: EpochMs, until: EpochMs): EpochMs[] {
  const key = `${cron} ${timeZone}`;
  const known = found.get(key);
  // Every look at the clock asks anew, and nearly always there is no slot yet.
  if (known !== undefined && known.after <= after && until < known.next) return [];
  const job = new Cron(cron, { timezone: timeZone, paused: true, domAndDow: true });
  const slots: EpochMs[] = [];
  let last = after;
  let next = job.nextRun(new Date(after));
  while (next !== null && next.getTime() <= until) {
    last = next.getTime();
    slots.push(last);
    next = job.nextRun(next);
  }
  found.set(key, { after: last, next: next?.getTime() ?? Number.POSITIVE_INFINITY });
  return slots;
}
