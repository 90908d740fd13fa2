import { halfEvenRatio } from "../rounding.ts";
import type { Concentrations } from "./day.ts";

/** The six items of an hour. O3 is the hour's mean, not the daily maximum of 8 h means. */
export const HOURLY_ITEMS = ["PM2.5", "PM10", "O3", "NO2", "SO2", "CO"] as const;
export type HourlyItem = (typeof HOURLY_ITEMS)[number];

/** Means of one hour in the integers of {@link Concentrations} (CO in tenths of mg/m³); null is missing, never 0. */
export type HourValues = Readonly<Record<HourlyItem, number | null>>;
/** An hour of a day by the label of its end: 1 is 00:00–01:00, 24 is 23:00–24:00. */
export type LabelledHour = HourValues & { readonly label: number };

const HOURS = 24;
/** Hours that a 24 h mean needs (GB 3095-2012 table 4). */
const VALID_HOURS = 20;
/** Hours of eight that an 8 h mean needs, and 8 h means that a daily maximum needs (HJ 663-2013 cl. 6.1). */
const VALID_OF_EIGHT = 6;
const VALID_WINDOWS = 14;
/** The limit of the daily maximum: beyond it fewer 8 h means are enough, since more could only raise it (cl. 6.1.2). */
const EXCEEDING = 160;
/** The earliest 8 h mean of a day ends here. */
const FIRST_WINDOW = 8;

/**
 * What hours must have for their day to tell anything: one of this label or later, or ozone above. 20 of 24 reach that far, and so
 * do 14 windows, the last of which may lack its last two hours.
 */
export const DAY_TELLS = {
  label: Math.min(VALID_HOURS, FIRST_WINDOW + VALID_WINDOWS - 1 - (8 - VALID_OF_EIGHT)),
  ozoneAbove: EXCEEDING,
} as const;

/**
 * A station's day from its hours, each item rounded half to even to the published integer. 24 h means need 20 of the 24
 * hours; O3 is the largest of the 8 h means that end at 08:00 … 24:00 ({@link dailyMaximum}). What hours don't allow is null.
 * The order of the hours makes no difference. Refuses (throws) a label that a day hasn't, or has twice.
 * Source: HJ 633-2012 cl. 5.1.2, GB 3095-2012 table 4, HJ 663-2013 cl. 6.1 (to be confirmed against the originals).
 */
export function dayFromHours(hours: readonly LabelledHour[]): Concentrations {
  const byLabel = new Map<number, LabelledHour>();
  for (const hour of hours) {
    const { label } = hour;
    if (!Number.isInteger(label) || label < 1 || label > HOURS || byLabel.has(label))
      throw new RangeError(`not an hour of one day: ${label}`);
    byLabel.set(label, hour);
  }
  const mean = (item: Exclude<HourlyItem, "O3">) => {
    const valid = [...byLabel.values()].flatMap((hour) => hour[item] ?? []);
    return valid.length < VALID_HOURS ? null : halfEvenRatio(sumOf(valid), valid.length, 0);
  };
  return {
    "PM2.5": mean("PM2.5"),
    PM10: mean("PM10"),
    O3_8h: dailyMaximum(byLabel),
    NO2: mean("NO2"),
    SO2: mean("SO2"),
    CO: mean("CO"),
  };
}

/**
 * MDA8: the largest valid 8 h mean of those that end at 08:00 … 24:00, so that no hour of the day before enters. At least 14
 * of the 17 must be valid, unless the largest exceeds 160 µg/m³ as it is. Null when they don't suffice.
 */
function dailyMaximum(byLabel: ReadonlyMap<number, LabelledHour>): number | null {
  let windows = 0;
  let largest: { sum: number; n: number } | null = null;
  for (let end = FIRST_WINDOW; end <= HOURS; end++) {
    const valid: number[] = [];
    for (let label = end - 7; label <= end; label++) {
      const value = byLabel.get(label)?.O3 ?? null;
      if (value !== null) valid.push(value);
    }
    if (valid.length < VALID_OF_EIGHT) continue;
    windows += 1;
    const [sum, n] = [sumOf(valid), valid.length];
    // Compared as fractions, so that the one rounding comes last.
    if (largest === null || sum * largest.n > largest.sum * n) largest = { sum, n };
  }
  if (largest === null) return null;
  const value = halfEvenRatio(largest.sum, largest.n, 0);
  return windows >= VALID_WINDOWS || value > EXCEEDING ? value : null;
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
