import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { regionOn } from "./region-on.ts";
import type { StationDay } from "./station-day.ts";
import type { DemoStation } from "./stations.ts";

/** A fictional place of a county among the province's. `pm25` in whole µg/m³. */
export interface DemoRank {
  month: string;
  region: string;
  pm25: number;
  rank: number;
  total: number;
}

/** As many counties as the province ranks. */
const TOTAL = 54;
/** How many places a county loses for each percent that its PM2.5 lies above the counties' mean. */
const PLACES_A_PERCENT = 1.7;

/**
 * Places of the plan's counties that the province ranks (those without a national station of the city), by the same fictional
 * days as everything else: a dirtier county stands further behind.
 */
export function demoProvincialRanks(
  pack: PlanPack,
  stations: readonly DemoStation[],
  days: readonly StationDay[],
): DemoRank[] {
  const regionOf = new Map(stations.map(({ id, region }) => [id, region]));
  const urban = new Set(stations.filter(({ national }) => national).map(({ region }) => region));
  const counties = pack.regions.filter(({ id, kind }) => kind === "county" && !urban.has(id));
  const sums = new Map<string, { sum: number; valid: number }>();
  for (const day of days) {
    if (day["PM2.5"] === null) continue;
    const key = `${regionOf.get(day.station)} ${day.date.slice(0, 7)}`;
    const { sum, valid } = sums.get(key) ?? { sum: 0, valid: 0 };
    sums.set(key, { sum: sum + day["PM2.5"], valid: valid + 1 });
  }
  const months = [...new Set(days.map(({ date }) => date.slice(0, 7)))].sort();
  return months.flatMap((month) => {
    const means = counties.flatMap(({ id }) => {
      const found = sums.get(`${id} ${month}`);
      return found === undefined ? [] : [{ region: id, pm25: Math.round(found.sum / found.valid) }];
    });
    const mean = means.reduce((sum, { pm25 }) => sum + pm25, 0) / means.length;
    return means.map(({ region, pm25 }) => {
      const place = Math.round(TOTAL / 2 + ((pm25 - mean) / mean) * 100 * PLACES_A_PERCENT);
      return {
        month,
        region: regionOn(pack, region, `${month}-01`),
        pm25,
        rank: Math.min(Math.max(place, 1), TOTAL),
        total: TOTAL,
      };
    });
  });
}
