import type { IsoDate } from "./day.ts";

/**
 * Days since 1970-01-01 of a calendar date; consecutive dates differ by one.
 * Plain arithmetic on the characters, because it runs once per day of every period and a Temporal object costs more
 * than the whole day's statistics. Refuses (throws) what is no date: 2020-02-30, 2020-2-3.
 */
export function dayNumber(date: IsoDate): number {
  const year = digit(date, 0) * 1000 + digit(date, 1) * 100 + digit(date, 2) * 10 + digit(date, 3);
  const month = digit(date, 5) * 10 + digit(date, 6);
  const day = digit(date, 8) * 10 + digit(date, 9);
  // A stray character makes NaN, for which the comparison is false as well.
  const wellFormed = date.length === 10 && date[4] === "-" && date[7] === "-";
  if (
    !(wellFormed && year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))
  ) {
    throw new RangeError(`not a calendar date: ${date}`);
  }
  return daysBefore(year, month) + day - 1;
}

/** Days of a month, 28 to 31. `month` counts from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function digit(date: IsoDate, at: number): number {
  const n = date.charCodeAt(at) - 48;
  return n >= 0 && n <= 9 ? n : Number.NaN;
}

/** Day number of a month's first day. The year is taken to begin in March, so that the leap day comes last. */
function daysBefore(year: number, month: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const marchMonth = month <= 2 ? month + 9 : month - 3;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const days1970 = 719_468;
  return marchYear * 365 + leapDays + Math.floor((153 * marchMonth + 2) / 5) - days1970;
}
