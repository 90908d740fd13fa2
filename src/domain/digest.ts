import type { Calendar } from "./calendar.ts";

/** When somebody's digests come: at an hour of the office's day, on every day or on working days only. */
export type DigestRule = { hour: number; workingDaysOnly: boolean };

/**
 * The digest that something of an instant goes out with: the first at or after its hour has begun (a notice of nine is ready
 * some seconds later), on a later day than `last`, the digest before, so that nobody gets two on one day.
 */
export function digestFor(
  at: Temporal.ZonedDateTime,
  { hour, workingDaysOnly }: DigestRule,
  calendar: Pick<Calendar, "isWorkingDay">,
  last: Temporal.ZonedDateTime | null = null,
): Temporal.ZonedDateTime {
  const begun = at.round({ smallestUnit: "hour", roundingMode: "floor" });
  let day = begun.toPlainDate();
  const isTaken = (date: Temporal.PlainDate) =>
    last !== null && Temporal.PlainDate.compare(date, last.toPlainDate()) <= 0;
  const timeOn = (date: Temporal.PlainDate) =>
    date.toZonedDateTime({ timeZone: at.timeZoneId, plainTime: new Temporal.PlainTime(hour) });
  while (
    Temporal.ZonedDateTime.compare(timeOn(day), begun) < 0 ||
    isTaken(day) ||
    (workingDaysOnly && !calendar.isWorkingDay(day))
  )
    day = day.add({ days: 1 });
  return timeOn(day);
}

/**
 * Whether one more message of its own would leave too little of the week's limit for a digest on this and every day that is
 * left and has one: from then on what counts comes once a day, and the limit holds.
 */
export function needsDigest(
  counted: number,
  limit: number,
  today: Temporal.PlainDate,
  { workingDaysOnly }: Pick<DigestRule, "workingDaysOnly">,
  calendar: Pick<Calendar, "isWorkingDay">,
): boolean {
  if (hasRoomAnyway(counted, limit, today)) return false;
  const days = Array.from({ length: leftOfWeek(today) }, (_, days) => today.add({ days }));
  const left = days.filter((day) => !workingDaysOnly || calendar.isWorkingDay(day));
  return counted + 1 + left.length > limit;
}

/** Whether there is room whichever days of the week are worked: mostly there is, and each message asks. */
export const hasRoomAnyway = (counted: number, limit: number, today: Temporal.PlainDate): boolean =>
  counted + 1 + leftOfWeek(today) <= limit;

/** The days of a day's week from it on. */
const leftOfWeek = (today: Temporal.PlainDate) => 8 - today.dayOfWeek;
