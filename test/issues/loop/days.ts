import { OFF_2020, WORKED_2020 } from "../../support/days-of-2020.ts";

// The office's days and hours once more, by hand and for 2020 and the month after it: the models count with these, not with the calendar that
// they are to judge. Dates are ISO text, instants ms UTC; the office's clocks stand eight hours ahead.

const DAY = 86_400_000;
export const HOUR = 3_600_000;
const ms = (day: string) => Date.parse(`${day}T00:00:00Z`);

export const plusDays = (day: string, n: number): string =>
  new Date(ms(day) + n * DAY).toISOString().slice(0, 10);
export const daysFrom = (from: string, to: string): number => (ms(to) - ms(from)) / DAY;

export function isWorked(day: string): boolean {
  if (day < "2020-01-01" || day > "2021-01-31") throw new RangeError(`the models know 2020, not ${day}`);
  const weekday = new Date(ms(day)).getUTCDay();
  return (
    WORKED_2020.includes(day) || (weekday >= 1 && weekday <= 5 && ![...OFF_2020, NEW_YEAR].includes(day))
  );
}

/** The only day off of January 2021 that is no weekend. */
const NEW_YEAR = "2021-01-01";

/** The next day of work, the day itself if it is one. */
export function worked(day: string): string {
  return isWorked(day) ? day : worked(plusDays(day, 1));
}

/** The `n`-th day of work after a day. */
export function plusWorked(day: string, n: number): string {
  return n === 0 ? day : plusWorked(worked(plusDays(day, 1)), n - 1);
}

export const dayOf = (at: number): string => new Date(at + 8 * HOUR).toISOString().slice(0, 10);
const hourOf = (at: number): number => new Date(at + 8 * HOUR).getUTCHours();
/** Nine o'clock of a day. */
export const morning = (day: string): number => ms(day) + HOUR;

/** When something that isn't grave may go out: at once from nine to eighteen o'clock of a day of work, else the next morning. */
export function inHours(at: number): number {
  const day = dayOf(at);
  if (!isWorked(day)) return morning(worked(day));
  if (hourOf(at) < 9) return morning(day);
  return hourOf(at) >= 18 ? morning(worked(plusDays(day, 1))) : at;
}

/** When so much time has passed since an instant, on days of work alone, within these hours of the day. */
function passedSince(since: number, ms: number, from: number, to: number): number {
  let left = ms;
  for (let day = dayOf(since); ; day = plusDays(day, 1)) {
    if (!isWorked(day)) continue;
    const midnight = morning(day) - 9 * HOUR;
    const begin = Math.max(since, midnight + from * HOUR);
    const here = Math.max(0, midnight + to * HOUR - begin);
    if (left <= here) return begin + left;
    left -= here;
  }
}
export const plusWorkingTime = (since: number, ms: number): number => passedSince(since, ms, 0, 24);
/** So many office hours later, or with the next morning where that is the end of a day. */
export const plusOfficeHours = (since: number, n: number): number =>
  inHours(passedSince(since, n * HOUR, 9, 18));
/** Nine o'clock of the next day of work. */
export const nextMorning = (at: number): number => morning(worked(plusDays(dayOf(at), 1)));

export const at = (local: string): number => Date.parse(`${local}:00+08:00`);
/** An instant as the office writes it. */
export const local = (instant: number): string => new Date(instant + 8 * HOUR).toISOString().slice(0, 19);

/** Office hours, 9 to 18 of days of work, that lie between two instants. */
export function officeHours(from: number, to: number): number {
  let ms = 0;
  for (let day = dayOf(from); day <= dayOf(to); day = plusDays(day, 1)) {
    if (!isWorked(day)) continue;
    ms += Math.max(0, Math.min(to, morning(day) + 9 * HOUR) - Math.max(from, morning(day)));
  }
  return ms / HOUR;
}
