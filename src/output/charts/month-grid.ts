import type { IsoDate } from "../../domain/air/day.ts";

export const WEEKDAYS = ["一", "二", "三", "四", "五", "六", "日"] as const;

/** The days of a month in weeks from Monday. */
export function daysOf<Day extends { date: IsoDate }>(days: readonly Day[], month: string) {
  const known = new Map(days.map((day) => [day.date, day]));
  const first = Temporal.PlainDate.from(`${month}-01`);
  return Array.from({ length: first.daysInMonth }, (_, at) => {
    const place = at + first.dayOfWeek - 1;
    const date = first.add({ days: at }).toString();
    return { no: at + 1, date, day: known.get(date), column: place % 7, row: Math.floor(place / 7) };
  });
}

export function weeksOf(month: string): number {
  const first = Temporal.PlainDate.from(`${month}-01`);
  return Math.ceil((first.daysInMonth + first.dayOfWeek - 1) / 7);
}
