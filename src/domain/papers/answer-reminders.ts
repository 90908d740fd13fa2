import type { Calendar } from "../calendar.ts";

/** Working days after the due day on which a unit that hasn't answered is reminded; once a week from the last of them. */
const LATE = [1, 2, 4] as const;

/**
 * How many reminders of an unanswered paper have fallen due by a day: one on the working day before the due day, unless the
 * paper itself came on that day or later; then on the first, second and fourth working day after it, and once a week.
 */
export function answerRemindersBy(
  day: Temporal.PlainDate,
  { issued, due }: { issued: Temporal.PlainDate; due: Temporal.PlainDate },
  calendar: Pick<Calendar, "addWorkingDays">,
): { ahead: number; late: number } {
  const isBefore = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) < 0;
  const next = (from: Temporal.PlainDate) => calendar.addWorkingDays(from, 1);
  const ahead = isBefore(next(issued), due) && !isBefore(next(day), due) ? 1 : 0;
  const days = LATE.map((n) => calendar.addWorkingDays(due, n));
  const late = days.filter((one) => !isBefore(day, one)).length;
  const since = late < days.length ? 0 : (days.at(-1)?.until(day).days ?? 0);
  return { ahead, late: late + Math.floor(since / 7) };
}
