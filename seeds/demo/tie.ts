import type { StationDay } from "./station-day.ts";
import type { DemoStation } from "./stations.ts";

/**
 * Makes two regions end a month with the same PM2.5: the lower one is lifted until the sums of both regions' days are equal,
 * so that the published means tie at any number of decimals.
 * All stations of a day are lifted by the same whole number, by which the day's rounded mean then rises too: an even number
 * where the mean ends in one half, or half-to-even would round it elsewhere.
 */
export function tieMonth(
  days: readonly StationDay[],
  stations: readonly DemoStation[],
  month: string,
  names: string,
  regions: readonly [string, string],
): StationDay[] {
  const [one, two] = regions.map((region) => regionMonth(days, stations, region, month));
  if (!one || !two || one.size !== two.size) throw new Error(`${names}${month}有效天数不同，不能做成并列。`);
  const difference = total(one) - total(two);
  const [lower, lifted] = difference > 0 ? [two, regions[1]] : [one, regions[0]];
  const own = new Set(stations.filter((station) => station.region === lifted).map((station) => station.id));
  const lifts = lift(lower, Math.abs(difference));
  return days.map((day) => {
    const extra = own.has(day.station) ? (lifts.get(day.date) ?? 0) : 0;
    if (extra === 0 || day["PM2.5"] === null) return day;
    const pm25 = day["PM2.5"] + extra;
    return { ...day, "PM2.5": pm25, PM10: day.PM10 === null ? null : Math.max(day.PM10, pm25 + 3) };
  });
}

interface RegionDay {
  sum: number;
  count: number;
}

function regionMonth(
  days: readonly StationDay[],
  stations: readonly DemoStation[],
  region: string,
  month: string,
): Map<string, RegionDay> {
  const own = new Set(stations.filter((station) => station.region === region).map((station) => station.id));
  const byDate = new Map<string, RegionDay>();
  for (const day of days) {
    const value = day["PM2.5"];
    if (value === null || !own.has(day.station) || !day.date.startsWith(month)) continue;
    const { sum, count } = byDate.get(day.date) ?? { sum: 0, count: 0 };
    byDate.set(day.date, { sum: sum + value, count: count + 1 });
  }
  return byDate;
}

function endsInHalf({ sum, count }: RegionDay): boolean {
  return (2 * sum) % count === 0 && sum % count !== 0;
}

/** The day's mean, half to even. */
function mean(day: RegionDay): number {
  const down = Math.floor(day.sum / day.count);
  const rest = 2 * (day.sum - down * day.count) - day.count;
  return rest > 0 || (rest === 0 && down % 2 === 1) ? down + 1 : down;
}

function total(byDate: ReadonlyMap<string, RegionDay>): number {
  return [...byDate.values()].reduce((sum, day) => sum + mean(day), 0);
}

function lift(byDate: ReadonlyMap<string, RegionDay>, needed: number): Map<string, number> {
  const lifts = new Map<string, number>();
  let left = needed;
  while (left > 0) {
    const before = left;
    for (const [date, day] of byDate) {
      const step = endsInHalf(day) ? 2 : 1;
      if (step > left) continue;
      lifts.set(date, (lifts.get(date) ?? 0) + step);
      left -= step;
    }
    if (left === before) throw new Error("并列无法凑成：没有可调整的日子。");
  }
  return lifts;
}
