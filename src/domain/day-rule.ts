import type { Calendar } from "./calendar.ts";
import type { TimeOfDay } from "./time-of-day.ts";

/** What becomes of a day that is no working day: it stays, or the next or the last working day takes its place. */
export type DayRule = "as-is" | "next-working-day" | "previous-working-day";

/**
 * When a job's slots are, in the office's time zone: by cron's five fields, with what becomes of a day off; on one working
 * day of each month or quarter, counted from 1; or on every working day.
 */
export type When =
  | { cron: string; dayRule: DayRule }
  | { workingDay: number; of: "month" | "quarter"; at: TimeOfDay }
  | { workingDay: "every"; at: TimeOfDay };

/** The highest working day that every month, or quarter, is sure to have. */
export const LAST_WORKING_DAY = { month: 15, quarter: 20 } as const;

/** By how many days a slot's day may lie before or after the day that it is planned for: a quarter's last at most. */
export const MOST_DAYS_MOVED = 62;

/**
 * The planned slots by cron alone: what the calendar makes of them is `dueOn`'s matter. A working day of a month is planned
 * for the month's first day, so that a holiday entered later changes when a slot is due, never which slot it is.
 */
export function plannedBy(when: When): string {
  if ("cron" in when) return when.cron;
  const [hour, minute] = when.at.split(":").map(Number);
  if (when.workingDay === "every") return `${minute} ${hour} * * *`;
  return `${minute} ${hour} 1 ${when.of === "month" ? "*" : "1,4,7,10"} *`;
}

/**
 * The day on which a slot planned for a day is due. Null where a job of every working day has none: on days off.
 * A later slot is never due before an earlier one.
 */
export function dueOn(
  when: When,
  day: Temporal.PlainDate,
  calendar: Pick<Calendar, "isWorkingDay" | "addWorkingDays">,
): Temporal.PlainDate | null {
  if ("cron" in when) return moved(day, when.dayRule, calendar);
  if (when.workingDay === "every") return calendar.isWorkingDay(day) ? day : null;
  return calendar.addWorkingDays(day.subtract({ days: 1 }), when.workingDay);
}

function moved(
  day: Temporal.PlainDate,
  rule: DayRule,
  { isWorkingDay }: Pick<Calendar, "isWorkingDay">,
): Temporal.PlainDate {
  if (rule === "as-is") return day;
  const days = rule === "next-working-day" ? 1 : -1;
  let to = day;
  while (!isWorkingDay(to)) to = to.add({ days });
  return to;
}
