import { dateSeenOn } from "../chat/wording.ts";
import { type DueDate, endOfTerm, termWords } from "../domain/deadline-words.ts";
import { whatLiesBetween } from "../domain/how-due.ts";
import type { ClockRules } from "../domain/issues/clock.ts";
import type { LoopRules } from "../domain/issues/machine.ts";
import { own } from "../domain/own.ts";
import type { Office } from "../office/office.ts";

/** The loop's rules as the plan pack sets them. */
export function loopRulesOf({ pack, calendar }: Office): LoopRules {
  const { photos, display } = pack.settings.issues;
  return { calendar, photos, displayedLevels: display?.levels ?? [] };
}

/** The last day of a 公示 that begins today; null where the pack asks for none of this level. */
export function displayedUntil(
  { level }: { level: string },
  { pack, calendar }: Office,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const { display } = pack.settings.issues;
  if (!display?.levels.includes(level)) return null;
  return display.unit === "working"
    ? calendar.addWorkingDays(today, display.days)
    : today.add({ days: display.days });
}

/** How long the pack has issues shown: 5个工作日; null where it asks for none. */
export function displayTerm({ pack }: Pick<Office, "pack">): string | null {
  const { display } = pack.settings.issues;
  return display === undefined ? null : termWords({ n: display.days, unit: display.unit });
}

/** The clock's rules as the plan pack sets them. */
export function clockRulesOf({ pack, calendar }: Office): ClockRules {
  const { reminders, urgent, acknowledgeHours, overdueRungs, superviseAfter, decide } = pack.settings.issues;
  return {
    calendar,
    timeZone: pack.timeZone,
    hours: { from: reminders.fromHour, to: reminders.toHour },
    urgent,
    acknowledgeHours,
    overdueRungs,
    superviseAfter,
    decide,
  };
}

/** What has to be said of a deadline that was written as a date and is a day off; null of others. */
export function dueRemark(
  due: Temporal.PlainDate,
  { office: { calendar }, today }: { office: Pick<Office, "calendar">; today: Temporal.PlainDate },
): string | null {
  if (calendar.isWorkingDay(due)) return null;
  const day = dateSeenOn(today, due.toString());
  const next = dateSeenOn(today, calendar.dueAfterCalendarDays(due, 0).toString());
  return `期限${day}是休息日，写明的日期不顺延，仍到${day}；要顺延请改为${next}`;
}

/** Why a term of working days that is set today ends later than one would think; null of others. */
export function termRemark(
  due: DueDate,
  { office: { calendar }, today }: { office: Pick<Office, "calendar">; today: Temporal.PlainDate },
): string | null {
  return due.term?.unit === "working"
    ? whatLiesBetween({ term: due.term, from: today, due }, calendar)
    : null;
}

/** The deadline that a kind of problem or, without one, a level has by itself; null where it has to be named. */
export function usualDue(
  { category, level }: { category?: string | null | undefined; level: string },
  { pack, calendar }: Office,
  today: Temporal.PlainDate,
): DueDate | null {
  const term = pack.settings.issues.categories.find((c) => c.name === category);
  // A grave problem has no usual term: whoever assigns it names one.
  const days = own(pack.settings.rectifyDays, level);
  if (days === undefined) return null;
  const { n, unit } =
    term === undefined || level !== "一般"
      ? ({ n: days, unit: "calendar" } as const)
      : { n: term.days, unit: term.unit };
  return endOfTerm({ n, unit }, today, calendar);
}
