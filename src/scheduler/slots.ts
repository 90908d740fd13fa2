import { Cron } from "croner";

/**
 * The instants (ms UTC) within (after, until] at which a cron expression fires in a time zone, oldest first.
 * Enumerated by croner; day-of-month and day-of-week are both to hold, as in node-cron.
 */
export function slotsBetween(cron: string, timeZone: string, after: number, until: number): number[] {
  const job = new Cron(cron, { timezone: timeZone, paused: true, domAndDow: true });
  const slots: number[] = [];
  let next = job.nextRun(new Date(after));
  while (next !== null && next.getTime() <= until) {
    slots.push(next.getTime());
    next = job.nextRun(next);
  }
  return slots;
}
