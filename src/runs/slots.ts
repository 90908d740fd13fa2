import { Cron } from "croner";
import type { Schedule } from "../chat/command.ts";
import { slotDue } from "../chat/schedule.ts";
import type { Calendar } from "../domain/calendar.ts";
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

/** How long each job has nothing to do by a calendar after a mark, as it was found last. */
const idle = new WeakMap<Schedule, { calendar: Calendar; mark: EpochMs; until: EpochMs }>();

/**
 * An instant before which none of a job's slots after `mark` comes due, those aside that the office has moved by hand. Nearly every
 * look at the clock finds nothing due, and asks as long as that holds.
 */
export function idleUntil(job: Schedule, office: Office, mark: EpochMs): EpochMs {
  const known = idle.get(job);
  if (known?.calendar === office.calendar && known.mark === mark) return known.until;
  const end = mark + SPAN_MS;
  const until = dueSlots(job, office, mark, end)[0]?.due ?? end;
  idle.set(job, { calendar: office.calendar, mark, until });
  return until;
}

/** What a calendar made of the slots of a job's rule: every look at the clock asks for the same ones. */
const dues = new WeakMap<Calendar, WeakMap<Schedule["when"], Map<EpochMs, EpochMs | null>>>();

/** When a slot goes out by the office's calendar alone, whoever has moved it; null where it doesn't. */
export function regularDue(job: Schedule, office: Office, slot: EpochMs): EpochMs | null {
  const ofCalendar = dues.get(office.calendar) ?? new WeakMap();
  const ofRule = ofCalendar.get(job.when) ?? new Map<EpochMs, EpochMs | null>();
  dues.set(office.calendar, ofCalendar.set(job.when, ofRule));
  const known = ofRule.get(slot);
  if (known !== undefined) return known;
  const at = office.local(Temporal.Instant.fromEpochMilliseconds(slot));
  const due = slotDue(job, { at }, office.calendar)?.epochMilliseconds ?? null;
  ofRule.set(slot, due);
  return due;
}

/** The mark of a job that has nothing to do with what came due by an instant, and everything with what comes due later. */
export function markAt(job: Schedule, office: Office, now: EpochMs): EpochMs {
  if ("cron" in job.when && job.when.dayRule === "as-is") return now;
  const moved = MOST_DAYS_MOVED * DAY_MS;
  const coming = dueSlots(job, office, now - moved, now + moved).find(({ due }) => due > now);
  return coming === undefined ? now : coming.slot - 1;
}

/** Croner is asked for so much time at once, from one fixed instant to the next. */
const SPAN_MS = 32 * DAY_MS;

/** What croner found of a cron in a time zone, by the number of the span: every look at the clock asks for the same one. */
const found = new Map<string, Map<number, readonly EpochMs[]>>();

/**
 * The instants (ms UTC) within (after, until] at which a cron expression fires in a time zone, oldest first.
 * Enumerated by croner; day-of-month and day-of-week are both to hold, as in node-cron.
 */
export function slotsBetween(cron: string, timeZone: string, after: EpochMs, until: EpochMs): EpochMs[] {
  const key = `${cron} ${timeZone}`;
  const known = found.get(key) ?? new Map<number, readonly EpochMs[]>();
  found.set(key, known);
  const slots: EpochMs[] = [];
  for (let span = Math.floor(after / SPAN_MS); span * SPAN_MS <= until; span++) {
    const there = known.get(span) ?? enumerated(cron, timeZone, span);
    known.set(span, there);
    for (const slot of there) if (after < slot && slot <= until) slots.push(slot);
  }
  return slots;
}

function enumerated(cron: string, timeZone: string, span: number): EpochMs[] {
  const job = new Cron(cron, { timezone: timeZone, paused: true, domAndDow: true });
  const slots: EpochMs[] = [];
  const end = (span + 1) * SPAN_MS;
  let next = job.nextRun(new Date(span * SPAN_MS - 1));
  while (next !== null && next.getTime() < end) {
    slots.push(next.getTime());
    next = job.nextRun(next);
  }
  return slots;
}
