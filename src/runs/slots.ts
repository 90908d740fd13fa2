import { Cron } from "croner";
import type { Schedule } from "../chat/command.ts";
import { slotDue } from "../chat/schedule.ts";
import { MOST_DAYS_MOVED, plannedBy } from "../domain/day-rule.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Office } from "../office/office.ts";

/** A slot: the instant that it is planned for, which is its name, and the one at which it goes out. */
export type DueSlot = { slot: EpochMs; due: EpochMs };

const DAY_MS = 86_400_000;

/**
 * The job's slots planned after `mark` that have come due by `until`, oldest first. What is planned for a day off and moves
 * behind it isn't due before; what moves ahead of it is due before it is planned. `moves`: slots of the job that the office has
 * moved by hand. They are due when it said, wherever the mark stands: a holiday entered later may have others overtake them.
 */
export function dueSlots(
  job: Schedule,
  office: Office,
  mark: EpochMs,
  until: EpochMs,
  moves: readonly DueSlot[] = [],
): DueSlot[] {
  const moved = new Set(moves.map(({ slot }) => slot));
  const ahead = "cron" in job.when && job.when.dayRule === "previous-working-day" ? MOST_DAYS_MOVED : 0;
  const slots = moves.filter(({ due }) => due <= until).map(({ slot, due }) => ({ slot, due }));
  for (const slot of slotsBetween(plannedBy(job.when), office.pack.timeZone, mark, until + ahead * DAY_MS)) {
    const due = moved.has(slot) ? null : regularDue(job, office, slot);
    if (due !== null && due <= until) slots.push({ slot, due });
  }
  return slots.sort((a, b) => a.due - b.due || a.slot - b.slot);
}

/** When a slot goes out by the office's calendar alone, whoever has moved it; null where it doesn't. */
export function regularDue(job: Schedule, office: Office, slot: EpochMs): EpochMs | null {
  const at = office.local(Temporal.Instant.fromEpochMilliseconds(slot));
  return slotDue(job, { at }, office.calendar)?.epochMilliseconds ?? null;
}

/** The mark of a job that has nothing to do with what came due by an instant, and everything with what comes due later. */
export function markAt(job: Schedule, office: Office, now: EpochMs): EpochMs {
  if ("cron" in job.when && job.when.dayRule === "as-is") return now;
  const moved = MOST_DAYS_MOVED * DAY_MS;
  const coming = dueSlots(job, office, now - moved, now + moved).find(({ due }) => due > now);
  return coming === undefined ? now : coming.slot - 1;
}

/** What croner found of a cron last: all its slots after an instant, and the next one behind them. */
type Found = { after: EpochMs; slots: readonly EpochMs[]; next: EpochMs };

const found = new Map<string, Found>();

/**
 * The instants (ms UTC) within (after, until] at which a cron expression fires in a time zone, oldest first.
 * Enumerated by croner; day-of-month and day-of-week are both to hold, as in node-cron.
 */
export function slotsBetween(cron: string, timeZone: string, after: EpochMs, until: EpochMs): EpochMs[] {
  const key = `${cron} ${timeZone}`;
  const known = found.get(key);
  // Every look at the clock asks anew, and nearly always there is no slot yet, or one that was found before.
  const isKnown = known !== undefined && known.after <= after && until < known.next;
  const there = isKnown ? known : enumerated(cron, timeZone, after, until);
  if (!isKnown) found.set(key, there);
  return there.slots.filter((slot) => after < slot && slot <= until);
}

function enumerated(cron: string, timeZone: string, after: EpochMs, until: EpochMs): Found {
  const job = new Cron(cron, { timezone: timeZone, paused: true, domAndDow: true });
  const slots: EpochMs[] = [];
  let next = job.nextRun(new Date(after));
  while (next !== null && next.getTime() <= until) {
    slots.push(next.getTime());
    next = job.nextRun(next);
  }
  return { after, slots, next: next?.getTime() ?? Number.POSITIVE_INFINITY };
}
