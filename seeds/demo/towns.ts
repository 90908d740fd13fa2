import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { items } from "./gaps.ts";
import { demoSeed, randomStream } from "./random.ts";
import type { StationDay } from "./station-day.ts";
import { storiesOf } from "./stories.ts";

/** A fictional station of a town. `like` is the station of its county that its air resembles. */
export interface DemoTownStation {
  id: string;
  name: string;
  town: string;
  like: string;
  from: string;
  longitude: number;
  latitude: number;
}

/** Hundredths of a degree that a town's station may lie off its county's middle: ten kilometres. */
const APART = 10;

/** The fictional stations of towns, in the order of the plan's list. */
export function demoTownStations(pack: PlanPack, seed: number = demoSeed): DemoTownStation[] {
  return storiesOf(pack, seed).towns.flatMap(({ county, towns, longitude, latitude }) =>
    Object.entries(towns).map(([id, from]): DemoTownStation => {
      const town = pack.towns.find((one) => one.id === id && one.county === county);
      if (town === undefined) throw new Error(`演示站点需要镇街“${id}”，方案包没有。`);
      const random = randomStream(seed, `town ${id}`);
      const off = () => random.integer(-APART, APART) / 100;
      return {
        id: `demo-town-${id}`,
        name: `演示·${town.short}站`,
        town: id,
        like: `demo-${county}-1`,
        from,
        longitude: Math.round((longitude + off()) * 100) / 100,
        latitude: Math.round((latitude + off()) * 100) / 100,
      };
    }),
  );
}

/** Their days: those of the county's own first station, more or less; one day in sixty nothing came. */
export function demoTownDays(
  pack: PlanPack,
  days: readonly StationDay[],
  seed: number = demoSeed,
): StationDay[] {
  const byStation = Map.groupBy(days, ({ station }) => station);
  return demoTownStations(pack, seed).flatMap(({ id, town, like, from }) => {
    const random = randomStream(seed, `town days ${town}`);
    const site = random.integer(92, 110);
    return (byStation.get(like) ?? []).flatMap((day): StationDay[] => {
      if (day.date < from) return [];
      const isLost = random.integer(1, 60) === 1;
      const noise = random.integer(95, 105);
      const value = (of: number | null) => (of === null ? null : Math.round((of * site * noise) / 10_000));
      const own = Object.fromEntries(items.map((item) => [item, value(day[item])])) as Pick<
        StationDay,
        (typeof items)[number]
      >;
      return isLost ? [] : [{ station: id, date: day.date, ...own }];
    });
  });
}
