import { halfEvenRatio } from "../rounding.ts";
import { dayNumber, daysInMonth } from "./calendar-days.ts";
import type { IsoDate } from "./day.ts";

/**
 * Change in percent, (now − then)/then, one decimal, half to even; negative is a fall.
 * Both are published figures (up to four decimals), so that a reader can check it.
 * @returns null (“无法比较”) when either is missing or `then` is 0. Provincial practice.
 */
export function changePct(now: number | null, then: number | null): number | null {
  if (now === null || then === null || then === 0) return null;
  return halfEvenRatio((tenThousandths(now) - tenThousandths(then)) * 100, tenThousandths(then), 1);
}

/** Difference of two rates in 个百分点, one decimal, from the published rates; null when either is missing. */
export function changePoints(now: number | null, then: number | null): number | null {
  if (now === null || then === null) return null;
  return halfEvenRatio(tenThousandths(now) - tenThousandths(then), 10_000, 1);
}

/**
 * A change in words, without the leading 同比 or 环比: 下降8.1%, 上升3.2个百分点, 持平, 无法比较.
 * For pollutants 下降 is good, so an arrow alone will not do.
 */
export function changeWords(change: number | null, unit: "%" | "个百分点" = "%"): string {
  if (change === null) return "无法比较";
  if (change === 0) return "持平";
  return `${change < 0 ? "下降" : "上升"}${Math.abs(change).toFixed(1)}${unit}`;
}

/**
 * The same calendar dates a year earlier: 29 February answers to 28 February. Whole months answer to the same whole months,
 * a February of 28 days to one of 29. No re-weighting by the number of days.
 */
export function samePeriodLastYear(from: IsoDate, to: IsoDate): { from: IsoDate; to: IsoDate } {
  const endsWithFebruary = from.endsWith("-01") && to === lastOfFebruary(yearOf(to));
  return { from: yearBefore(from), to: endsWithFebruary ? lastOfFebruary(yearOf(to) - 1) : yearBefore(to) };
}

function yearBefore(date: IsoDate): IsoDate {
  // Refuses what is no date, as everything does that reads one.
  dayNumber(date);
  const year = yearOf(date) - 1;
  return date.endsWith("-02-29") ? lastOfFebruary(year) : `${yearText(year)}${date.slice(4)}`;
}

function lastOfFebruary(year: number): IsoDate {
  return `${yearText(year)}-02-${daysInMonth(year, 2)}`;
}

function yearOf(date: IsoDate): number {
  return Number(date.slice(0, 4));
}

function yearText(year: number): string {
  return String(year).padStart(4, "0");
}

/** Published figures are short decimals that binary floats only approximate; as integers they are themselves again. */
function tenThousandths(value: number): number {
  return Math.round(value * 10_000);
}
