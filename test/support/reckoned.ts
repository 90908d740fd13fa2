import { type AirDay, POLLUTANTS, type Pollutant } from "../../src/domain/air/day.ts";
import type { AnOffice } from "./office.ts";
import { decimal, evenly, floored, minus, over, plus, type Rational, ratio, times } from "./rational.ts";

// Figures of the air, reckoned from the days of the file in exact fractions, with none of the program's own arithmetic.

/** Above these a day's AQI is above 100 (GB 3095-2012, second class; HJ 633-2012 table 1); CO in tenths of mg/m³. */
const LIMITS: Readonly<Record<Pollutant, number>> = {
  ...{ "PM2.5": 75, PM10: 150, O3_8h: 160, NO2: 80, SO2: 150, CO: 40 },
};

export type Reckoned = {
  /** As published: means and the ozone percentile whole, CO with one decimal. */
  published: Readonly<Record<Pollutant, number>>;
  pm25: { sum: number; days: number; oneDecimal: number };
  valid: number;
  bad: number;
  /** One decimal. */
  ratePct: number;
};

/** The days of a region that are in the file, both dates inclusive. */
export const daysOf = (office: AnOffice, region: string, from: string, to: string): Promise<AirDay[]> =>
  office.bot.store.read((r) => r.air.days(region, from, to));

/** Of days that aren't all lost; of none the figures are NaN, which nothing equals. */
export function reckon(days: readonly AirDay[]): Reckoned {
  const of = (p: Pollutant) => days.flatMap((day) => day[p] ?? []);
  const pm25 = of("PM2.5");
  const sum = pm25.reduce((a, b) => a + b, 0);
  const bad = days.filter((day) => POLLUTANTS.some((p) => (day[p] ?? 0) > LIMITS[p])).length;
  const whole = days.filter((day) => POLLUTANTS.every((p) => day[p] !== null));
  const good = whole.filter((day) => POLLUTANTS.every((p) => (day[p] ?? 0) <= LIMITS[p])).length;
  const valid = good + bad;
  return {
    published: Object.fromEntries(POLLUTANTS.map((p) => [p, publishedOf(p, of(p))])) as Record<
      Pollutant,
      number
    >,
    pm25: { sum, days: pm25.length, oneDecimal: shareOf(sum, pm25.length, 1) },
    ...{ valid, bad },
    ratePct: shareOf(good * 100, valid, 1),
  };
}

function publishedOf(pollutant: Pollutant, values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  if (pollutant === "O3_8h") return evenly(percentile(values, 90), 0);
  if (pollutant === "CO") return evenly(over(percentile(values, 95), ratio(10)), 1);
  return shareOf(
    values.reduce((a, b) => a + b, 0),
    values.length,
    0,
  );
}

const shareOf = (sum: number, days: number, decimals: number) =>
  days === 0 ? Number.NaN : evenly(ratio(sum, days), decimals);

/** k = 1 + (n − 1)·p %, linear between the neighbours (HJ 663-2013 annex A). */
function percentile(values: readonly number[], p: number): Rational {
  const sorted = values.toSorted((a, b) => a - b);
  const at = ratio((values.length - 1) * p, 100);
  const below = Number(at[0] / at[1]);
  const [low = 0, high = sorted[below] ?? 0] = [sorted[below], sorted[below + 1]];
  return plus(ratio(low), times(minus(at, ratio(below)), ratio(high - low)));
}

/** Change of a published figure in percent, and of a rate in points, one decimal; null where one is unknown. */
export const changedPct = (now: number, then: number): number | null =>
  isKnown(now, then)
    ? evenly(over(times(minus(decimal(now), decimal(then)), ratio(100)), decimal(then)), 1)
    : null;
export const changedPoints = (now: number, then: number): number | null =>
  isKnown(now, then) ? evenly(minus(decimal(now), decimal(then)), 1) : null;
const isKnown = (...figures: readonly number[]) => !figures.some(Number.isNaN);

/** Places by a figure, the lowest first, equals sharing a rank. */
export function ranks<K>(
  rows: readonly { key: K; value: number }[],
): Map<K, { rank: number; tied: boolean }> {
  return new Map(
    rows.map(({ key, value }) => [
      key,
      {
        rank: rows.filter((other) => other.value < value).length + 1,
        tied: rows.filter((other) => other.value === value).length > 1,
      },
    ]),
  );
}

/** T · C(month)/C(year) of 2019's months by 2020's days, one decimal each; of a run of months their day-weighted mean. */
export function controls(
  days2019: readonly AirDay[],
  target: string,
): (first: number, last: number) => number {
  const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const means = lengths.map((_, i) => {
    const month = `2019-${String(i + 1).padStart(2, "0")}`;
    const values = days2019.flatMap((day) => (day.date.startsWith(month) ? (day["PM2.5"] ?? []) : []));
    return ratio(
      values.reduce((a, b) => a + b, 0),
      values.length,
    );
  });
  const weighted = (values: readonly Rational[], first: number, last: number) => {
    const span = lengths.slice(first - 1, last);
    const all = span.reduce((a, b) => a + b, 0);
    return span.reduce(
      (sum, n, i) => plus(sum, times(values[first - 1 + i] ?? ratio(0), ratio(n, all))),
      ratio(0),
    );
  };
  const year = weighted(means, 1, 12);
  const months = means.map((mean) => decimal(evenly(over(times(decimal(target), mean), year), 1)));
  return (first, last) => evenly(weighted(months, first, last), 1);
}

/** What the `left` days to come may average, rounded down to a tenth. */
export const restMean = (
  target: number,
  { sum, days }: { sum: number; days: number },
  left: number,
): number => floored(over(minus(times(decimal(target), ratio(days + left)), ratio(sum)), ratio(left)), 1);

/** How many of the days may still be bad, rounded down. */
export const restBad = (ratePct: string, { valid, bad }: Reckoned, left: number): number =>
  floored(times(over(minus(ratio(100), decimal(ratePct)), ratio(100)), ratio(valid + left)), 0) - bad;
