import { Decimal } from "decimal.js";
import { halfEvenRatio } from "../rounding.ts";

/**
 * What a jar at a point has caught in a month. `value` is in hundredths of t/(km²·30 d), null where the sample was lost
 * (broken, overflown, fouled), which is never 0. `exposure` is in tenths of a day, null where nobody says it.
 * The method brings what was caught in n days to thirty: M = (W1 − Wa − Wc)/(S·n) × 30 × 10⁴, so that a value of 28 days and
 * one of 33 compare as they are (GB/T 15265-1994, later HJ 1221-2021; to be confirmed against the original).
 */
export type DustSample = { readonly value: number | null; readonly exposure: number | null };

export type RegionDustfall = {
  /** 公布值 in t/(km²·30 d), one decimal; null without a valid sample. */
  readonly value: number | null;
  /** Samples that the value rests on, of `points` in all. */
  readonly valid: number;
  readonly points: number;
  /** Of the valid ones, how many stood out for a time that the method doesn't allow. */
  readonly irregular: number;
};

/** The times of exposure that the method allows, in tenths of a day. */
const EXPOSURE = { least: 280, most: 320 };

/** Whether a jar stood out for longer or shorter than 30 ± 2 days (GB/T 15265-1994, to be confirmed against the original). */
export function isIrregular({ exposure }: DustSample): boolean {
  return exposure !== null && (exposure < EXPOSURE.least || exposure > EXPOSURE.most);
}

/**
 * A region's dustfall of a month: the mean of its valid points, one decimal, half to even, as the province's bulletins
 * print it. Each point is a result of its own, as the laboratory reports it; a lost one is left out, and counted.
 */
export function regionDustfall(samples: readonly DustSample[]): RegionDustfall {
  let [sum, valid, irregular] = [0, 0, 0];
  for (const sample of samples) {
    if (sample.value === null) continue;
    sum += sample.value;
    valid += 1;
    if (isIrregular(sample)) irregular += 1;
  }
  const value = valid === 0 ? null : halfEvenRatio(sum, valid * 100, 1);
  return { value, valid, points: samples.length, irregular };
}

/** Whether a published value keeps to a limit such as "4.5": as it is printed (GB/T 8170, 修约值比较法); null without one. */
export function keepsTo(limit: string, { value }: Pick<RegionDustfall, "value">): boolean | null {
  return value === null ? null : new Decimal(value).lte(limit);
}
