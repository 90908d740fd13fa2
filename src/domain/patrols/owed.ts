import type { IsoDate } from "../air/day.ts";
import type { Calendar } from "../calendar.ts";
import type { Span } from "../period-words.ts";

/** How often stations are patrolled, and the first day that counts; without that day none is owed. */
export type PatrolPlan = { perWeek: number; from?: IsoDate | undefined };

/**
 * The patrols that a station owes in a week, Monday to Sunday: those of the plan, and no more than it has working days; none in a
 * week that had begun when the plan did, or when the station had nobody yet (`since`).
 */
export function owedIn(
  { from, to }: Span,
  since: IsoDate,
  { perWeek, from: first }: PatrolPlan,
  { isWorkingDay }: Pick<Calendar, "isWorkingDay">,
): number {
  if (first === undefined || from.toString() < first || from.toString() < since) return 0;
  let working = 0;
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 }))
    if (isWorkingDay(day)) working += 1;
  return Math.min(perWeek, working);
}

/** The weeks, Monday to Sunday, that lie within [from, to] or begin in it. A week belongs to the month that its Monday is in. */
export function weeksFrom({ from, to }: Span): Span[] {
  const weeks: Span[] = [];
  let monday = from.add({ days: (8 - from.dayOfWeek) % 7 });
  for (; Temporal.PlainDate.compare(monday, to) <= 0; monday = monday.add({ days: 7 }))
    weeks.push({ from: monday, to: monday.add({ days: 6 }) });
  return weeks;
}
