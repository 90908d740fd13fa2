import type { Calendar } from "./calendar.ts";
import type { Span } from "./period-words.ts";

/** Days off in a row, both inclusive. */
export type DaysOff = Span;

const SATURDAY = 6;

/** The days off in a row that are more than a weekend, within a period. A run that reaches over its ends is cut there. */
export function runsOff({ from, to }: Span, { isWorkingDay }: Pick<Calendar, "isWorkingDay">): DaysOff[] {
  const runs: DaysOff[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) {
    if (isWorkingDay(day)) continue;
    const last = runs.at(-1);
    if (last?.to.add({ days: 1 }).equals(day)) last.to = day;
    else runs.push({ from: day, to: day });
  }
  return runs.filter(hasWeekday);
}

/** Days at a weekend that are worked to make up for days off. */
export function madeUpDays(
  { from, to }: Span,
  { isWorkingDay }: Pick<Calendar, "isWorkingDay">,
): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 }))
    if (day.dayOfWeek >= SATURDAY && isWorkingDay(day)) days.push(day);
  return days;
}

function hasWeekday({ from, to }: DaysOff): boolean {
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 }))
    if (day.dayOfWeek < SATURDAY) return true;
  return false;
}
