import type { PlanPack, Region } from "../../src/domain/plan/pack.ts";
import { demoSeed, randomStream } from "./random.ts";

/** A fictional monitoring station. `region` is the region's id on the first day of the plan's year, `from` its first day of data. */
export interface DemoStation {
  id: string;
  name: string;
  region: string;
  /** One of the stations that stand for the city as a whole. */
  national: boolean;
  from: string;
  longitude?: number;
  latitude?: number;
}

/**
 * How a region's air differs from the city's, in percent of the city's level.
 * `inland` is how strongly the region feels weather that divides inland (+) from coast (-).
 */
export interface RegionAir {
  region: string;
  label: string;
  stations: number;
  national: number;
  particles: number;
  gases: number;
  ozone: number;
  inland: number;
  from?: string;
  /** Where about it lies, degrees. */
  longitude?: number;
  latitude?: number;
}

/** The towns of a county that have a station of their own, from a day on, and where about the county lies, degrees. */
export interface TownNetwork {
  county: string;
  /** Ids of its towns, each with the first day of its station. */
  towns: Readonly<Record<string, string>>;
  longitude: number;
  latitude: number;
}

/** Stations of a region whose plan tells nothing of its air, and how many of the first region's stand for the city. */
const USUAL_STATIONS = 3;

/** The airs of a plan without stories: three stations a region, the first region's stand for the city, and each differs a little. */
export function usualAirs(pack: PlanPack, seed: number): RegionAir[] {
  return regionsAtStart(pack).map(({ id, short }, i) => {
    const random = randomStream(seed, `air ${id}`);
    return {
      region: id,
      label: short,
      stations: USUAL_STATIONS,
      national: i === 0 ? USUAL_STATIONS : 0,
      particles: random.integer(88, 112),
      gases: random.integer(78, 106),
      ozone: random.integer(98, 102),
      inland: random.integer(-10, 10) / 10,
    };
  });
}

/** The county-level regions of the plan's first day, in the order of the city's tables: people keep their names when one is merged later. */
export function regionsAtStart(pack: PlanPack): Region[] {
  const asOf = `${pack.year}-01-01`;
  return pack.regions
    .filter(
      (region) => region.kind !== "city" && (region.from ?? asOf) <= asOf && asOf <= (region.to ?? asOf),
    )
    .toSorted((one, other) => one.order - other.order);
}

/** The fictional stations, in the order of the city's tables. */
export function stationsOf(airs: readonly RegionAir[], firstDay: string): DemoStation[] {
  return airs.flatMap((air) =>
    Array.from({ length: air.stations }, (_, i) => ({
      id: `demo-${air.region}-${i + 1}`,
      name: `演示·${air.label}${"一二三四五"[i]}号站`,
      region: air.region,
      national: i < air.national,
      from: air.from ?? firstDay,
      ...placeOf(air, i),
    })),
  );
}

/** Around the middle of its region, one in each direction. */
function placeOf({ region, longitude, latitude }: RegionAir, i: number) {
  if (longitude === undefined || latitude === undefined) return {};
  const random = randomStream(demoSeed, `place ${region} ${i}`);
  const off = (sign: boolean) => (random.integer(3, 9) / 100) * (sign ? 1 : -1);
  const hundredths = (degrees: number) => Math.round(degrees * 100) / 100;
  return {
    longitude: hundredths(longitude + off(i % 2 === 0)),
    latitude: hundredths(latitude + off(i % 4 < 2)),
  };
}
