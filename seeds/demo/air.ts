import { daysBetween } from "./days.ts";
import { type Item, stationGaps } from "./gaps.ts";
import { persistent, randomStream } from "./random.ts";
import { type DemoStation, demoStations, type RegionAir, regionAirs } from "./stations.ts";
import { tieMonth } from "./tie.ts";
import { type CityLevel, cityLevels } from "./weather.ts";

export { demoStations } from "./stations.ts";

/**
 * One station's day. Whole µg/m³, CO in whole tenths of mg/m³, null: the item is missing.
 * A station that sent nothing on a day has no row.
 */
export interface StationDay extends Record<Item, number | null> {
  station: string;
  date: string;
}

export const demoSeed = 20200101;

/**
 * Two years (2019 and 2020) of fictional station days, the same for the same seed. Stories in it:
 * - a heavy-pollution episode, 2020-01-12 to 2020-01-15 (`weather.ts`);
 * - 如东 has only 24 valid days in April 2020, a station of 如皋 is out for three days in July 2020,
 *   and single values and station days are missing here and there (`gaps.ts`);
 * - 如东 and 启东 tie in PM2.5 in May 2020 (`tie.ts`);
 * - stations of old 崇川 and 港闸 report on after 2020-07-28, then belonging to new 崇川;
 * - 苏锡通园区 has no data in 2019: its stations open on 2020-01-01 (`stations.ts`).
 */
export function demoStationDays(seed: number = demoSeed): StationDay[] {
  const dates = daysBetween("2019-01-01", "2020-12-31");
  const city = cityLevels(seed, dates);
  // Weather that divides inland from coast, besides what all share.
  const divide = persistent(randomStream(seed, "inland or coast"), 0.5, dates.length);
  const stations = demoStations();
  const days = regionAirs.flatMap((air) => {
    const local = persistent(randomStream(seed, `region ${air.region}`), 0.45, dates.length);
    const tilt = dates.map((_, i) => 1 + 0.05 * air.inland * (divide[i] ?? 0) + 0.05 * (local[i] ?? 0));
    return stations
      .filter((station) => station.region === air.region)
      .flatMap((station) => stationDays(seed, station, air, dates, city, tilt));
  });
  return tieMonth(days, stations, "2020-05", "如东、启东", ["rudong", "qidong"]);
}

function stationDays(
  seed: number,
  station: DemoStation,
  air: RegionAir,
  dates: readonly string[],
  city: readonly CityLevel[],
  tilt: readonly number[],
): StationDay[] {
  const random = randomStream(seed, `station ${station.id}`);
  const gaps = stationGaps(seed, station, dates);
  const noise = (spread: number) => 1 + spread * random.bell();
  const site = {
    particles: noise(0.02) * air.particles,
    gases: noise(0.05) * air.gases,
    ozone: noise(0.01) * air.ozone,
  };
  return city.flatMap((level, i) => {
    const date = dates[i] ?? "";
    const lean = tilt[i] ?? 1;
    const pm25 = whole((level.pm25 * site.particles * lean * noise(0.04)) / 100, 4);
    const day: StationDay = {
      station: station.id,
      date,
      "PM2.5": pm25,
      PM10: whole((level.pm10 * site.particles * lean * noise(0.04)) / 100, pm25 + 3),
      O3_8h: whole((level.ozone * site.ozone * (0.6 + 0.4 * lean) * noise(0.03)) / 100, 12),
      NO2: whole((level.no2 * site.gases * lean * noise(0.07)) / 100, 5),
      SO2: whole((level.so2 * site.gases * noise(0.07)) / 100, 3),
      CO: whole((level.co * (50 + site.gases / 2) * noise(0.05)) / 100, 2),
    };
    const gap = gaps[i] ?? "none";
    if (date < station.from || gap === "all") return [];
    return [gap === "none" ? day : { ...day, [gap]: null }];
  });
}

function whole(value: number, least: number): number {
  return Math.max(Math.round(value), least);
}
