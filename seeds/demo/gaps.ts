import { randomStream } from "./random.ts";
import type { DemoStation } from "./stations.ts";

export const items = ["PM2.5", "PM10", "O3_8h", "NO2", "SO2", "CO"] as const;
export type DemoItem = (typeof items)[number];

/** What is missing at a station on a day: nothing, everything (no row at all), or one item (null). */
type Gap = "none" | "all" | DemoItem;

/** A whole region, or one station, without data. Both dates inclusive. */
export interface Outage {
  who: string;
  from: string;
  to: string;
}

/** Where data are missing because a story says so, and the months of regions in which scattered gaps keep away: it counts days exactly. */
export interface Silence {
  outages: readonly Outage[];
  untouched: Readonly<Record<string, readonly string[]>>;
}

/** The gaps of one station: scripted outages, and scattered ones (one station-day in 400, one item in about 250 days). */
export function stationGaps(
  seed: number,
  station: DemoStation,
  dates: readonly string[],
  { outages, untouched }: Silence,
): Gap[] {
  const random = randomStream(seed, `gaps ${station.id}`);
  return dates.map((date) => {
    const draw = random.uniform();
    const item = items[random.integer(0, items.length - 1)] ?? "PM2.5";
    if (
      outages.some(
        (o) => (o.who === station.region || o.who === station.id) && o.from <= date && date <= o.to,
      )
    )
      return "all";
    if (untouched[station.region]?.includes(date.slice(0, 7))) return "none";
    if (draw < 1 / 400) return "all";
    return draw < 1 / 400 + 1 / 250 ? item : "none";
  });
}
