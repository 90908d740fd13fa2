import type { IsoDate } from "./day.ts";

/**
 * Days since 1970-01-01 of a calendar date; consecutive dates differ by one.
 * Plain arithmetic on the characters, because it runs once per day of every period and a Temporal object costs more
 * than the whole day's statistics. Refuses (throws) what is no date: 2020-02-30, 2020-2-3.
 */
export function dayNumber(date: IsoDate): number {
  const year = digits(date, 0) * 100 + digits(date, 2);
  const month = digits(date, 5);
  const day = digits(date, 8);
  // A stray character makes NaN, for which the comparisons are false as well.
  const wellFormed = date.length === 10 && date.charCodeAt(4) === HYPHEN && date.charCodeAt(7) === HYPHEN;
  if (
    !(wellFormed && year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))
  ) {
    throw new RangeError(`not a calendar date: ${date}`);
  }
  return daysBefore(year, month) + day - 1;
}

const HYPHEN = 45;

/** The date of a {@link dayNumber}, years 0 to 9999. It runs once per hour of every import, as that does per day. */
export const dateOfDay = (day: number): IsoDate => new Date(day * DAY_MS).toISOString().slice(0, 10);
const DAY_MS = 86_400_000;

/** Days of a month, 28 to 31. `month` counts from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Two digits as a number; NaN when either isn't one. */
function digits(date: IsoDate, at: number): number {
  // The ten digits stand at 48 to 57, which is 0 to 9 with the bits of 48 turned over; everything else comes out above 9.
  const tens = date.charCodeAt(at) ^ 48;
  const ones = date.charCodeAt(at + 1) ^ 48;
  return tens > 9 || ones > 9 ? Number.NaN : tens * 10 + ones;
}

/** Day number of a month's first day. The year is taken to begin in March, so that the leap day comes last. */
function daysBefore(year: number, month: number): number {
  // A whole cycle of 400 years up, so that nothing is negative and `| 0` rounds down.
  const marchYear = month <= 2 ? year + 399 : year + 400;
  const marchMonth = month <= 2 ? month + 9 : month - 3;
  const leapDays = ((marchYear / 4) | 0) - ((marchYear / 100) | 0) + ((marchYear / 400) | 0);
  const days1970 = 719_468 + 146_097;
  return marchYear * 365 + leapDays + (((153 * marchMonth + 2) / 5) | 0) - days1970;
}
