import { officeCalendar } from "../../src/domain/calendar.ts";
import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { demoSeed, randomStream } from "./random.ts";
import { regionsAtStart } from "./stations.ts";
import { storiesOf } from "./stories.ts";
import { demoTownStations } from "./towns.ts";

/** A fictional chief's station of a town, and when they were there; `at` is local. */
export interface DemoChief {
  person: string;
  station: string;
  since: string;
  patrols: readonly { at: string }[];
}

/** One week in so many nobody came. */
const MISSED = 9;

/** Each pilot county's chief looks after its first town's station, about once a week until the year's end. */
export function demoChiefs(pack: PlanPack, seed: number = demoSeed): DemoChief[] {
  const counties = new Map(regionsAtStart(pack).map(({ id, short }) => [short, id]));
  const stations = demoTownStations(pack, seed);
  const { isWorkingDay } = officeCalendar(pack.calendars);
  const end = Temporal.PlainDate.from({ year: pack.year, month: 12, day: 31 });
  return storiesOf(pack, seed).chiefs.flatMap((short): DemoChief[] => {
    const own = stations.find(({ town }) =>
      pack.towns.some(({ id, county }) => id === town && county === counties.get(short)),
    );
    if (own === undefined) return [];
    const random = randomStream(seed, `patrols ${own.id}`);
    const patrols: { at: string }[] = [];
    let monday = Temporal.PlainDate.from(own.from);
    for (; Temporal.PlainDate.compare(monday, end) <= 0; monday = monday.add({ days: 7 })) {
      const isMissed = random.integer(1, MISSED) === 1;
      const day = monday.add({ days: random.integer(0, 4) });
      const minute = random.integer(0, 59);
      if (!isMissed && isWorkingDay(day) && Temporal.PlainDate.compare(day, end) <= 0)
        patrols.push({ at: `${day}T15:${String(minute).padStart(2, "0")}` });
    }
    return [{ person: `${short}点位长`, station: own.id, since: own.from, patrols }];
  });
}
