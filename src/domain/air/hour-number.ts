import { dateOfDay, dayNumber } from "./calendar-days.ts";
import type { IsoDate } from "./day.ts";

/**
 * An hour as one number: hours of the office's clock from the start of 1970 to the hour's end. Hours are labelled by their
 * end, 01:00 … 24:00, and 24:00 of a day is 00:00 of the next (HJ 633-2012 cl. 5.1.2; no daylight saving time).
 */
export type HourNumber = number;

/** `label` 0 to 24. Refuses (throws) another, and what is no date. */
export function hourNumber(date: IsoDate, label: number): HourNumber {
  if (!Number.isInteger(label) || label < 0 || label > 24) throw new RangeError(`not an hour: ${label}`);
  return dayNumber(date) * 24 + label;
}

/** The day that an hour is part of, and its label there, 1 to 24. */
export function hourLabel(hour: HourNumber): { date: IsoDate; label: number } {
  const day = Math.ceil(hour / 24) - 1;
  return { date: dateOfDay(day), label: hour - day * 24 };
}

/** The hours of a day: 01:00 … 24:00. */
export function hoursOfDay(date: IsoDate): { first: HourNumber; last: HourNumber } {
  return { first: hourNumber(date, 1), last: hourNumber(date, 24) };
}

/** The last hour that is over at an office time. */
export function lastHour({ year, month, day, hour }: Temporal.ZonedDateTime): HourNumber {
  return hourNumber(Temporal.PlainDate.from({ year, month, day }).toString(), hour);
}

/** The instant at which an hour ends. */
export function endOfHour(hour: HourNumber, timeZone: string): Temporal.Instant {
  const day = Math.floor(hour / 24);
  return EPOCH.add({ days: day })
    .toZonedDateTime({ timeZone, plainTime: { hour: hour - day * 24 } })
    .toInstant();
}

const EPOCH = Temporal.PlainDate.from("1970-01-01");
