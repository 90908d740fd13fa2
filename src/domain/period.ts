import { dayNumber } from "./air/calendar-days.ts";
import { periodLabel } from "./period-label.ts";
import { foldPeriodText, type Impossible, readSpan, type Span } from "./period-words.ts";

/** A span of calendar days, both inclusive; may end in the future. `label` is its name in office wording, e.g. 2020年5月. */
export type Period = Span & { label: string };

/** Longer than any period that an official writes; what exceeds it is not looked at. */
const MAX_LENGTH = 40;
const MAX_YEARS = 10;

/**
 * Reads a period as officials write it: 2020-05, 2020Q2, 2020, 2020-05-04..2020-05-10 (also 至 到 ~ —), 5月, 5月4日, 1-5月,
 * 6月8日至14日, 二季度, 上半年, 上周, 去年5月 … Full-width signs and blanks don't matter. Weeks run Monday to Sunday.
 * A year that isn't written is that of `today` (in a range: of its first part) [our design].
 * @returns null when the text isn't period-like; `{ invalid }` with a Chinese reason when it is meant as a period but can't be
 * one: no such date, first day after the last, more than ten years.
 * Source: interface document, section 1.
 */
export function parsePeriod(text: string, today: Temporal.PlainDate): Period | Impossible | null {
  if (text.length > MAX_LENGTH) return null;
  const folded = foldPeriodText(text);
  const whole = readSpan(folded, today);
  if (whole !== null) return named(whole);
  const range = RANGE.exec(folded) ?? (/[年月日号]|^\d+\.\d+-/.test(folded) ? DASHED.exec(folded) : null);
  const [, left, right] = range ?? [];
  if (left === undefined || right === undefined) return null;

  const first = readFirst(left, right, today);
  if (first === null || "invalid" in first) return first;
  const last = readLast(right, left, first.from, today);
  if (last === null)
    return { invalid: `看不懂截止时间“${right}”，请写成 2020-05-04..2020-05-10 或“6月8日至14日”。` };
  return "invalid" in last ? last : named({ from: first.from, to: last.to });
}

/** The period from `from` to `to`, both inclusive, with its label. Refuses (throws) a reversed one. */
export function periodOf(from: Temporal.PlainDate, to: Temporal.PlainDate): Period {
  if (Temporal.PlainDate.compare(from, to) > 0) throw new RangeError(`reversed period: ${from}..${to}`);
  return { from, to, label: periodLabel(from, to) };
}

/** Number of calendar days, at least 1. */
export function daysIn({ from, to }: Span): number {
  return dayNumber(to.toString()) - dayNumber(from.toString()) + 1;
}

/** Whether a day comes before another. As text, which takes half the time of Temporal's own comparison. */
export const isBefore = (a: Temporal.PlainDate, b: Temporal.PlainDate): boolean =>
  a.toString() < b.toString();

/** The day before; kept, since every answer asks for today's again and again, and a subtraction takes as long as reading a row. */
export function dayBefore(day: Temporal.PlainDate): Temporal.PlainDate {
  const known = daysBefore.get(day);
  if (known !== undefined) return known;
  const before = day.subtract({ days: 1 });
  daysBefore.set(day, before);
  return before;
}
const daysBefore = new WeakMap<Temporal.PlainDate, Temporal.PlainDate>();

/** The period of the same length just before: for whole months (quarters, years) as many whole months, otherwise as many days. */
export function previousPeriod(period: Span): Period {
  const { from, to } = period;
  const end = from.subtract({ days: 1 });
  if (from.day !== 1 || to.day !== to.daysInMonth)
    return periodOf(from.subtract({ days: daysIn(period) }), end);
  return periodOf(from.subtract({ months: (to.year - from.year) * 12 + to.month - from.month + 1 }), end);
}

const RANGE = /^(.+?)(?:\.{2,3}|至|到|~|〜|—+|–|--)(.+)$/;
/** A hyphen is a range sign only in Chinese dates (1-5月); in 2020-05 it belongs to the date. */
const DASHED = /^([^-]+)-([^-]+)$/;

/** 1 in “1至5月” and 6月8 in “6月8-14日” lack the unit that the last part has. */
function readFirst(left: string, right: string, today: Temporal.PlainDate): Span | Impossible | null {
  const unit = /\d([月日号年]|季度?)$/.exec(right)?.[1];
  const completed = unit !== undefined && /\d$/.test(left) ? readSpan(left + unit, today) : null;
  return completed ?? readSpan(left, today);
}

/** The last part takes the year, and for a bare day the month, from the first one; 今 (as in 5月至今) is today, 年底 and 9月底 the last day. */
function readLast(
  right: string,
  left: string,
  start: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Span | Impossible | null {
  const said = right
    .replace(/^(?:本|当)?月[底末]$/, `${start.year}年${start.month}月`)
    .replace(/(?<=月)[底末]$/, "");
  if (YEAR_END.test(said)) {
    const { year } = /^[今本]/.test(said) ? today : start;
    return readSpan(`${year}年12月31日`, today);
  }
  if (said !== right) return readSpan(said, start);
  if (right === "今" || SAID_FROM_TODAY.test(right)) return readSpan(right === "今" ? "今天" : right, today);
  if (/^\d{1,2}[日号]$/.test(right) && /[月/-]/.test(left))
    return readSpan(`${start.year}年${start.month}月${right}`, start);
  return readSpan(right, start);
}

const YEAR_END = /^(?:[今本当]年?)?年[底末]$/;
const SAID_FROM_TODAY = /[今本去前昨这当]|上[周星月个季]/;

function named(span: Span | Impossible): Period | Impossible {
  if ("invalid" in span) return span;
  const { from, to } = span;
  if (Temporal.PlainDate.compare(from, to) > 0) {
    return { invalid: `起止颠倒：${from}在${to}之后。请把早的日期写在前面，跨年的请写明年份。` };
  }
  if (Temporal.PlainDate.compare(to, from.add({ years: MAX_YEARS })) >= 0) {
    return { invalid: `时段超过${MAX_YEARS}年，请缩短后再查，例如 2019..2020。` };
  }
  return periodOf(from, to);
}
