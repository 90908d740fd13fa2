import type { TextMeasure } from "./canvas.ts";

/** A stretch of time on a stretch of the picture; instants are ms UTC, `left` and `right` points. */
export type Scale = { from: number; to: number; left: number; right: number; zone: string };

/** A date on the axis. */
export type Tick = { x: number; text: string; textX: number };

/** Dates that an axis has room for. */
const MOST_TICKS = 6;
/** No date nearer than this to the next. */
const GAP = 10;
const DAY_MS = 86_400_000;
const LOOK = { size: 13 };

export const xOf = ({ from, to, left, right }: Scale, at: number): number =>
  left + ((at - from) / (to - from)) * (right - left);

/** 6月5日; with the year when the stretch lies in several. */
export function dayLabel(at: number, scale: Scale): string {
  const { year, month, day } = local(at, scale.zone);
  return `${severalYears(scale) ? `${year}年` : ""}${month}月${day}日`;
}

/** 6月5日 09:30 */
export function momentOf(at: number, scale: Scale): string {
  const { hour, minute } = local(at, scale.zone);
  return `${dayLabel(at, scale)} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** The dates on the axis: whole days, or firsts of months on a long one. None touches another, nor comes near `avoid`. */
export function ticksOf(scale: Scale, measure: TextMeasure, avoid: number): Tick[] {
  let free = scale.left - GAP;
  return datesOf(scale).flatMap(({ at, text }) => {
    const x = xOf(scale, at);
    const width = measure(text, LOOK);
    const textX = Math.min(Math.max(x - width / 2, scale.left), scale.right - width);
    if (textX < free || (textX - 4 < avoid && avoid < textX + width + 4)) return [];
    free = textX + width + GAP;
    return [{ x, text, textX }];
  });
}

function datesOf(scale: Scale): { at: number; text: string }[] {
  const days = (scale.to - scale.from) / DAY_MS;
  const step = [1, 2, 5, 7, 14].find((n) => days / n <= MOST_TICKS);
  const begins = local(scale.from, scale.zone);
  const months = Math.ceil(days / 30 / MOST_TICKS);
  const first = step === undefined ? begins.with({ day: 1 }).startOfDay() : begins.startOfDay();
  const dates = [];
  for (let n = 0; n <= 2 * MOST_TICKS + 1; n++) {
    const date = first.add(step === undefined ? { months: n * months } : { days: n * step });
    const at = date.epochMilliseconds;
    if (at < scale.from || at > scale.to) continue;
    const month = `${severalYears(scale) ? `${date.year}年` : ""}${date.month}月`;
    dates.push({ at, text: step === undefined ? month : dayLabel(at, scale) });
  }
  return dates;
}

const severalYears = ({ from, to, zone }: Scale) => local(from, zone).year !== local(to, zone).year;

const local = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
