import { dayNumber, daysInMonth } from "./calendar-days.ts";
import type { IsoDate } from "./day.ts";

/** Valid days that a month mean or percentile needs (GB 3095-2012 table 4, HJ 663-2013 cl. 6.1; to be confirmed against the original). */
export const MONTH_MINIMUM = { february: 25, other: 27 } as const;

/** Valid days that a year mean or percentile needs, besides twelve valid months (same source). */
export const YEAR_MINIMUM = 324;

/** Share of the days of a partial month, a week or any other span under a month, in percent. Our own choice: the standards are silent. */
export const PARTIAL_MINIMUM_PCT = 75;

/** A span of days that must hold a number of valid ones for its period to be published. */
export type Requirement = {
  /** Name of the span within its period, such as 5月; empty when it is the whole period. */
  readonly label: string;
  readonly days: number;
  readonly required: number;
};

/** What a complete period is judged by: consecutive spans that cover it, and the total of a calendar year. */
export type Requirements = { readonly spans: readonly Requirement[]; readonly total: Requirement | null };

/**
 * The minimum of valid days of a period, both dates inclusive. A calendar month: 27 days, February 25. A calendar year:
 * 324 days and every month. Anything longer than a month: every complete month, and 75 % of a partial one.
 * Anything shorter (week, single day): 75 % of its days, rounded up. Source: domain document, section 2.1.
 */
export function requirementsOf(from: IsoDate, to: IsoDate): Requirements {
  const length = dayNumber(to) - dayNumber(from) + 1;
  if (length < 28)
    return { spans: [{ label: "", days: length, required: partialMinimum(length) }], total: null };

  const [firstYear, firstMonth, firstDay] = parts(from);
  const [lastYear, lastMonth, lastDay] = parts(to);
  const spans: Requirement[] = [];
  for (let n = firstYear * 12 + firstMonth - 1; n <= lastYear * 12 + lastMonth - 1; n++) {
    const [year, month] = [Math.floor(n / 12), (n % 12) + 1];
    const all = daysInMonth(year, month);
    const begins = year === firstYear && month === firstMonth ? firstDay : 1;
    const ends = year === lastYear && month === lastMonth ? lastDay : all;
    const days = ends - begins + 1;
    const label = firstYear === lastYear ? `${month}月` : `${year}年${month}月`;
    spans.push({ label, days, required: days === all ? monthMinimum(month) : partialMinimum(days) });
  }
  if (spans.length === 1) return { spans: spans.map((span) => ({ ...span, label: "" })), total: null };
  const isYear = from.endsWith("-01-01") && to === `${from.slice(0, 4)}-12-31`;
  return { spans, total: isYear ? { label: "", days: length, required: YEAR_MINIMUM } : null };
}

/**
 * Why a complete period is not published, such as “5月有效天数不足（24/27天）”; null when it is.
 * `validBySpan` holds the valid days of each span. The first month that fails is named; the year's total comes last.
 */
export function shortfall({ spans, total }: Requirements, validBySpan: ArrayLike<number>): string | null {
  let sum = 0;
  for (const [i, span] of spans.entries()) {
    const valid = validBySpan[i] ?? 0;
    if (valid < span.required) return words(span, valid);
    sum += valid;
  }
  return total !== null && sum < total.required ? words(total, sum) : null;
}

function words({ label, required }: Requirement, valid: number): string {
  return `${label}有效天数不足（${valid}/${required}天）`;
}

function monthMinimum(month: number): number {
  return month === 2 ? MONTH_MINIMUM.february : MONTH_MINIMUM.other;
}

function partialMinimum(days: number): number {
  return Math.ceil((days * PARTIAL_MINIMUM_PCT) / 100);
}

function parts(date: IsoDate): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}
