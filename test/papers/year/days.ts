import { OFF_2020, WORKED_2020 } from "../../support/days-of-2020.ts";

// The days of an office, counted beside the bot: calendar dates are ISO text.

const OFF = new Set([...OFF_2020, "2021-01-01"]);
const WORKED = new Set(WORKED_2020);

export const plusDays = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
/** Monday 1 to Sunday 7. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
export const isWorked = (day: string): boolean => WORKED.has(day) || (weekdayOf(day) <= 5 && !OFF.has(day));
export const workedFrom = (day: string): string => (isWorked(day) ? day : workedFrom(plusDays(day, 1)));
export const workedBefore = (day: string): string =>
  isWorked(plusDays(day, -1)) ? plusDays(day, -1) : workedBefore(plusDays(day, -1));
export const daysFrom = (from: string, to: string): string[] =>
  from > to ? [] : [from, ...daysFrom(plusDays(from, 1), to)];
/** Which working day of its month a day is; 0 for a day off. */
export const workingDayNo = (day: string): number =>
  isWorked(day) ? daysFrom(`${day.slice(0, 8)}01`, day).filter(isWorked).length : 0;
export const workingDayOf = (month: string, no: number): string =>
  daysFrom(`${month}-01`, `${month}-31`).filter(isWorked)[no - 1] ?? "";
export const monthBefore = (day: string): string => plusDays(`${day.slice(0, 8)}01`, -1).slice(0, 7);
/** Office time of an instant, to the minute. */
export const localOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
