import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { everyDay } from "./days.ts";
import { type Silence, stationGaps } from "./gaps.ts";
import { demoSeed, persistent, randomStream } from "./random.ts";
import type { StationDay } from "./station-day.ts";
import { type DemoStation, type RegionAir, stationsOf } from "./stations.ts";
import { storiesOf } from "./stories.ts";
import { tieMonth } from "./tie.ts";
import { type CityLevel, cityLevels } from "./weather.ts";

/** The fictional stations of a plan, in the order of the city's tables. */
export function demoStations(pack: PlanPack, seed: number = demoSeed): DemoStation[] {
  return stationsOf(storiesOf(pack, seed).airs, firstDayOf(pack));
}

/** Two years of fictional station days, the plan's year and the one before it, the same for the same seed. Stories: `stories.ts`. */
export function demoStationDays(pack: PlanPack, seed: number = demoSeed): StationDay[] {
  const stories = storiesOf(pack, seed);
  const dates = everyDay(firstDayOf(pack), `${pack.year}-12-31`);
  const city = cityLevels(seed, dates, stories.episode);
  // Weather that divides inland from coast, besides what all share.
  const divide = persistent(randomStream(seed, "inland or coast"), 0.5, dates.length);
  const stations = demoStations(pack, seed);
  const days = stories.airs.flatMap((air) => {
    const local = persistent(randomStream(seed, `region ${air.region}`), 0.45, dates.length);
    const tilt = dates.map((_, i) => 1 + 0.05 * air.inland * (divide[i] ?? 0) + 0.05 * (local[i] ?? 0));
    return stations
      .filter((station) => station.region === air.region)
      .flatMap((station) => stationDays(seed, station, air, dates, city, tilt, stories));
  });
  return stories.ties.reduce(
    (told, { month, names, regions }) => tieMonth(told, stations, month, names, regions),
    days,
  );
}

const firstDayOf = (pack: PlanPack) => `${pack.year - 1}-01-01`;

function stationDays(
  seed: number,
  station: DemoStation,
  air: RegionAir,
  dates: readonly string[],
  city: readonly CityLevel[],
  tilt: readonly number[],
  silence: Silence,
): StationDay[] {
  const random = randomStream(seed, `station ${station.id}`);
  const gaps = stationGaps(seed, station, dates, silence);
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
