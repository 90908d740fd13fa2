import { halfEvenRatio } from "../rounding.ts";
import type { Pollutant } from "./day.ts";
import { stepsPerUnit } from "./day.ts";

/** An exact fraction; `den` is positive. */
export type Ratio = { readonly num: number; readonly den: number };

/**
 * The p-th percentile of ascending integers, exact: k = 1 + (n − 1)·p %, linear between the two neighbours of k.
 * The input is the rounded daily values; round the result once. `p` is a whole percent, 0 to 100. Throws without values.
 * Source: HJ 663-2013 annex A (to be confirmed against the original); the same as interpolation “type 7”.
 */
export function percentileRatio(sortedInts: ArrayLike<number>, p: number): Ratio {
  if (sortedInts.length === 0 || !Number.isInteger(p) || p < 0 || p > 100) {
    throw new RangeError(`no ${p}th percentile of ${sortedInts.length} values`);
  }
  const hundredths = (sortedInts.length - 1) * p;
  const rest = hundredths % 100;
  const below = (hundredths - rest) / 100;
  const low = sortedInts[below] as number;
  const high = rest === 0 ? low : (sortedInts[below + 1] as number);
  return { num: low * 100 + (high - low) * rest, den: 100 };
}

/**
 * A percentile as published: µg/m³ without decimals, CO in mg/m³ with one, half to even from the exact value.
 * `sortedInts` as in {@link percentileRatio}, in the integers of `Concentrations`. Source: HJ 663-2013 rounding table (to be confirmed).
 */
export function publishedPercentile(pollutant: Pollutant, sortedInts: ArrayLike<number>, p: number): number {
  const { num, den } = percentileRatio(sortedInts, p);
  const steps = stepsPerUnit(pollutant);
  return halfEvenRatio(num, den * steps, steps === 10 ? 1 : 0);
}
