import type { Calendar } from "../calendar.ts";
import type { EpochMs } from "../ids.ts";

/** What the times of a level are reckoned by. */
export type HoursRules = {
  calendar: Pick<Calendar, "isWorkingDay" | "addWorkingDays">;
  timeZone: string;
  /** Hour of the day at which reminders go out, and until which others may. */
  hours: { from: number; to: number };
  /** Levels whose clock knows neither nights nor holidays. */
  urgent: readonly string[];
};

export const HOUR_MS = 3_600_000;
const DAY = { from: 0, to: 24 };

/** The times of a level: an urgent one knows neither nights nor holidays. Instants are ms UTC, days those of the office's calendar. */
export function timesOf(level: string, { calendar, timeZone, hours, urgent: levels }: HoursRules) {
  const urgent = levels.includes(level);
  const works = (day: Temporal.PlainDate) => urgent || calendar.isWorkingDay(day);
  const local = (at: EpochMs) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const dayOf = (at: EpochMs) => local(at).toPlainDate();
  const hourOf = (day: Temporal.PlainDate, hour: number): EpochMs =>
    hour === 24
      ? hourOf(day.add({ days: 1 }), 0)
      : day.toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(hour) }).epochMilliseconds;
  const morningOf = (day: Temporal.PlainDate) => hourOf(day, hours.from);
  const seek = (day: Temporal.PlainDate, step: 1 | -1): Temporal.PlainDate =>
    works(day) ? day : seek(day.add({ days: step }), step);
  const later = (day: Temporal.PlainDate, n: number) =>
    urgent ? day.add({ days: n }) : calendar.addWorkingDays(day, n);

  /** When so much time has passed since an instant, counted within these hours of days of work alone. */
  const passed = (since: EpochMs, ms: number, within: { from: number; to: number }): EpochMs => {
    if (urgent) return since + ms;
    let left = ms;
    for (let day = seek(dayOf(since), 1); ; day = seek(day.add({ days: 1 }), 1)) {
      const begin = Math.max(since, hourOf(day, within.from));
      const here = Math.max(0, hourOf(day, within.to) - begin);
      if (left <= here) return begin + left;
      left -= here;
    }
  };
  /** The instant itself within office hours, otherwise the next morning of work. */
  const officeTime = (at: EpochMs): EpochMs => {
    if (urgent) return at;
    const then = local(at);
    const day = then.toPlainDate();
    if (!works(day)) return morningOf(seek(day, 1));
    if (then.hour < hours.from) return morningOf(day);
    return then.hour >= hours.to ? morningOf(seek(day.add({ days: 1 }), 1)) : at;
  };

  return {
    urgent,
    works,
    officeTime,
    /** The morning `n` calendar days before a day, on a day of work. */
    before: (day: Temporal.PlainDate, n: number) => morningOf(seek(day.subtract({ days: n }), -1)),
    after: (day: Temporal.PlainDate, n: number) => morningOf(later(day, n)),
    /** The morning of the `n`-th day of work after an instant. */
    mornings: (at: EpochMs, n: number) => morningOf(later(dayOf(at), n)),
    nextMorning: (at: EpochMs) => morningOf(seek(dayOf(at).add({ days: 1 }), 1)),
    /** So many hours later, which pass on days of work alone, 00–24 of each. */
    workingTime: (at: EpochMs, ms: number) => passed(at, ms, DAY),
    /** So many office hours later, at a time at which something may go out. */
    officeHours: (at: EpochMs, n: number) => officeTime(passed(at, n * HOUR_MS, hours)),
    /** The morning `weeks` weeks after a day, or the next one of work. */
    weekly: (day: Temporal.PlainDate, weeks: number) => morningOf(seek(day.add({ weeks }), 1)),
    later: (at: EpochMs, n: number) => later(dayOf(at), n),
  };
}
