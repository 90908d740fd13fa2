import { Decimal } from "decimal.js";
import { halfEven } from "../rounding.ts";
import type { ExactMean } from "./budget.ts";
import { daysInMonth } from "./calendar-days.ts";

/** Products of twelve numbers of days are beyond what the library's usual twenty digits hold exactly. */
const Exact = Decimal.clone({ precision: 80 });

/**
 * 测算控制值 of the twelve months of `year`: the year's target in last year's shape, T · C(month)/C(year) with C(year) the mean
 * of last year's months by this year's days, one decimal, half to even. So the day-weighted mean of the twelve is the target
 * again: their rounding moves it by less than the decimal that it is printed with.
 * @returns null unless every month of last year has a mean above 0. Source: our own rule (domain document, section 4.1).
 */
export function monthControls(
  target: Decimal,
  year: number,
  lastYear: readonly (ExactMean | null)[],
): readonly Decimal[] | null {
  const means = lastYear.flatMap((mean) =>
    mean === null || mean.days === 0 || mean.sum === 0 ? [] : [mean],
  );
  if (means.length !== 12) return null;
  const days = means.map((_, i) => daysInMonth(year, i + 1));
  const all = days.reduce((a, b) => a + b, 0);
  // Over one denominator, so that each month's figure is one division of whole numbers and a tie stays a tie.
  const common = means.reduce((product, { days: n }) => product.times(n), new Exact(1));
  const tops = means.map(({ sum, days: n }) => common.div(n).times(sum));
  const weighted = tops.reduce((sum, top, i) => sum.plus(top.times(days[i] ?? 0)), new Exact(0));
  return tops.map((top) => new Decimal(halfEven(top.times(all).times(target).div(weighted), 1)));
}

/** Control value of a run of months, such as a quarter: their day-weighted mean, one decimal, half to even. Months from 1. */
export function controlOfMonths(
  controls: readonly Decimal[],
  year: number,
  first: number,
  last: number,
): Decimal {
  const days = controls.map((_, i) => daysInMonth(year, i + 1));
  return halfEven(weightedMean(controls.slice(first - 1, last), days.slice(first - 1, last)), 1);
}

function weightedMean(values: readonly Decimal[], days: readonly number[]): Decimal {
  const sum = values.reduce((total, value, i) => total.plus(value.times(days[i] ?? 0)), new Decimal(0));
  return sum.div(days.reduce((a, b) => a + b, 0));
}
