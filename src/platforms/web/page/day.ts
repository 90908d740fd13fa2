/** Local date and time as the server writes them: `2020-06-15 09:00`. No zone enters here. */
const pattern = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}:\d{2})/;
const weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

/** `2020-06-15` */
export const dayOf = (at: string): string => at.slice(0, 10);

/** `09:00` */
export const timeOf = (at: string): string => pattern.exec(at)?.[4] ?? "";

/** `6月15日 周一`; with the year when it isn't that of `now`. */
export function dayTitle(at: string, now: string): string {
  const found = pattern.exec(at);
  if (!found) return at;
  const [, year, month, day] = found;
  const year4 = year === now.slice(0, 4) ? "" : `${year}年`;
  return `${year4}${Number(month)}月${Number(day)}日 ${weekdays[utc(at).getUTCDay()]}`;
}

/** The first Monday, nine o'clock, after `now`, as `2020-06-22T09:00`. */
export function nextMondayAtNine(now: string): string {
  const day = utc(now);
  const ahead = (8 - day.getUTCDay()) % 7;
  // On a Monday before nine the next such moment is today's.
  day.setUTCDate(day.getUTCDate() + (ahead === 0 && timeOf(now) >= "09:00" ? 7 : ahead));
  return `${day.toISOString().slice(0, 10)}T09:00`;
}

/** `2020-06-15T09:00`, as a date-time input takes it. */
export const forInput = (now: string): string => `${dayOf(now)}T${timeOf(now)}`;

const utc = (at: string): Date => new Date(`${dayOf(at)}T00:00:00Z`);
