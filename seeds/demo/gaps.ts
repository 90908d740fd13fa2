import { randomStream } from "./random.ts";
import type { DemoStation } from "./stations.ts";

export const items = ["PM2.5", "PM10", "O3_8h", "NO2", "SO2", "CO"] as const;
export type Item = (typeof items)[number];

/** What is missing at a station on a day: nothing, everything (no row at all), or one item (null). */
type Gap = "none" | "all" | Item;

/** Outages that a story tells. A whole region, or one station. Both dates inclusive. */
const outages = [
  // Rudong's stations are moved: six days without data leave April 2020 with 24 valid days of the 27 needed.
  { who: "rudong", from: "2020-04-11", to: "2020-04-16" },
  // One station of four is struck by lightning for three days: its county still has three quarters of its stations.
  { who: "demo-rugao-2", from: "2020-07-18", to: "2020-07-20" },
] as const;

/** Months in which a story counts days exactly: scattered gaps keep away. */
const untouched: Readonly<Record<string, readonly string[]>> = {
  rudong: ["2020-04", "2020-05"],
  qidong: ["2020-05"],
};

/** The gaps of one station: scripted outages, and scattered ones (one station-day in 400, one item in about 250 days). */
export function stationGaps(seed: number, station: DemoStation, dates: readonly string[]): Gap[] {
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
