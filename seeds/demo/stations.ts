/** A fictional monitoring station. `region` is the region's id as of 2020-01-01, `from` its first day of data. */
export interface DemoStation {
  id: string;
  name: string;
  region: string;
  /** One of the five stations that stand for the city as a whole. */
  national: boolean;
  from: string;
}

/**
 * How a region's air differs from the city's, in percent of the city's level.
 * Inland north-west is dirtier, the coast is cleaner in particles and a little higher in ozone.
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
}

export const regionAirs: readonly RegionAir[] = [
  {
    region: "haian",
    label: "海安",
    stations: 4,
    national: 0,
    particles: 112,
    gases: 98,
    ozone: 101,
    inland: 1,
  },
  {
    region: "rugao",
    label: "如皋",
    stations: 4,
    national: 0,
    particles: 109,
    gases: 97,
    ozone: 102,
    inland: 0.9,
  },
  {
    region: "rudong",
    label: "如东",
    stations: 4,
    national: 0,
    particles: 90,
    gases: 78,
    ozone: 102,
    inland: -0.6,
  },
  {
    region: "qidong",
    label: "启东",
    stations: 3,
    national: 0,
    particles: 87,
    gases: 74,
    ozone: 101,
    inland: -1,
  },
  {
    region: "chongchuan-old",
    label: "崇川",
    stations: 4,
    national: 3,
    particles: 100,
    gases: 102,
    ozone: 99,
    inland: 0,
  },
  {
    region: "gangzha",
    label: "港闸",
    stations: 3,
    national: 1,
    particles: 104,
    gases: 106,
    ozone: 98,
    inland: 0.2,
  },
  {
    region: "tongzhou",
    label: "通州",
    stations: 4,
    national: 0,
    particles: 105,
    gases: 96,
    ozone: 100,
    inland: 0.3,
  },
  {
    region: "haimen-city",
    label: "海门",
    stations: 4,
    national: 0,
    particles: 98,
    gases: 91,
    ozone: 101,
    inland: -0.3,
  },
  {
    region: "kaifaqu",
    label: "市开发区",
    stations: 2,
    national: 1,
    particles: 97,
    gases: 104,
    ozone: 99,
    inland: 0,
  },
  {
    region: "suxitong",
    label: "苏锡通园区",
    stations: 2,
    national: 0,
    particles: 95,
    gases: 90,
    ozone: 100,
    inland: -0.2,
    from: "2020-01-01",
  },
  {
    region: "tongzhouwan",
    label: "通州湾",
    stations: 2,
    national: 0,
    particles: 92,
    gases: 76,
    ozone: 102,
    inland: -0.7,
  },
];

/** The fictional stations, in the order of the city's tables. */
export function demoStations(): DemoStation[] {
  return regionAirs.flatMap((air) =>
    Array.from({ length: air.stations }, (_, i) => ({
      id: `demo-${air.region}-${i + 1}`,
      name: `演示·${air.label}${"一二三四五"[i]}号站`,
      region: air.region,
      national: i < air.national,
      from: air.from ?? "2019-01-01",
    })),
  );
}
