import type { ExactMean } from "../air/budget.ts";
import { halfEvenRatio } from "../rounding.ts";

/** How an air figure has changed against the same dates of the year before, and how it would have to. */
export type Improvement = {
  /** Percent for a mean, percentage points for a rate; a mean gets better as it falls, a rate as it rises. */
  actual: number;
  /** Null where nothing is asked of it. */
  required: number | null;
  /** By how much it falls short of what is required; 0 or below: it is on pace, or nothing is asked. One decimal. */
  short: number;
};

/**
 * The change of a yearly mean that a target asks for, in percent of the last year's mean, one decimal, half to even: −4.0 asks
 * for a fall of 4 %. A target above last year's mean asks for nothing: 0.
 * @returns null where there is no day of last year.
 * Source: 时序进度 as required improvement against the same period (domain document, section 4.3).
 */
export function requiredChangePct(target: string, lastYear: ExactMean): number | null {
  if (lastYear.days === 0 || lastYear.sum === 0) return null;
  const decimals = target.split(".")[1]?.length ?? 0;
  const scale = 10 ** decimals;
  const whole = Math.round(Number(target) * scale);
  const change = halfEvenRatio((whole * lastYear.days - lastYear.sum * scale) * 100, lastYear.sum * scale, 1);
  return Math.min(0, change);
}

/** A mean's change against the change that it needs; null where it can't be compared. `actual` and `required` have one decimal. */
export function meanImprovement(actual: number | null, required: number | null): Improvement | null {
  if (actual === null) return null;
  return { actual, required, short: required === null ? 0 : tenthsBetween(actual, required) };
}

/** A rate's change against the change that it needs; null where it can't be compared. */
export function rateImprovement(actual: number | null, required: number | null): Improvement | null {
  if (actual === null) return null;
  return { actual, required, short: required === null ? 0 : tenthsBetween(required, actual) };
}

/** `a` less `b`, of figures of one decimal, which binary floats only come near. */
const tenthsBetween = (a: number, b: number): number => (Math.round(a * 10) - Math.round(b * 10)) / 10;
