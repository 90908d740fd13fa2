import { hourNumber } from "../../src/domain/air/hour-number.ts";
import type { items } from "./gaps.ts";
import { demoSeed, randomStream } from "./random.ts";
import type { StationDay } from "./station-day.ts";

/** A fictional hour of a station; `hour` as the store counts them, O3 the hour's mean. */
export interface DemoHour {
  id: string;
  hour: number;
  "PM2.5": number | null;
  PM10: number | null;
  O3: number | null;
  NO2: number | null;
  SO2: number | null;
  CO: number | null;
}

/** Percent of the day's mean by hour: stagnant mornings, well mixed afternoons. */
const PARTICLES = [
  106, 107, 107, 107, 107, 108, 110, 112, 112, 108, 102, 97, 93, 90, 88, 87, 88, 91, 95, 99, 101, 103, 104,
  106,
];
/** Percent of the day's mean by hour: two rushes. */
const TRAFFIC = [
  96, 92, 89, 87, 88, 93, 104, 118, 122, 114, 102, 92, 86, 83, 82, 84, 92, 106, 116, 118, 114, 110, 104, 98,
];
/** Percent of the day's largest 8 h mean by hour: eight hours from noon average 100. */
const OZONE = [
  35, 32, 30, 28, 27, 26, 25, 28, 38, 52, 68, 82, 94, 103, 108, 109, 107, 102, 95, 82, 66, 54, 45, 40,
];
const COURSE = { "PM2.5": PARTICLES, PM10: PARTICLES, O3_8h: OZONE, NO2: TRAFFIC, SO2: TRAFFIC, CO: TRAFFIC };

/** No instrument that works shows the same for longer. */
const LONGEST_RUN = 5;

/** Makes a value another one where it would be the same for too long. */
function unsteady() {
  const runs = new Map<string, { value: number; n: number }>();
  return (of: string, value: number): number => {
    const run = runs.get(of);
    if (run?.value !== value) runs.set(of, { value, n: 1 });
    else if (run.n < LONGEST_RUN) run.n += 1;
    else {
      runs.set(of, { value: value + 1, n: 1 });
      return value + 1;
    }
    return value;
  };
}

/** The hours of fictional days, which lie about their figures; one hour in eighty didn't come. Each station's days are in order. */
export function demoHours(days: readonly StationDay[], seed: number = demoSeed): DemoHour[] {
  const moving = unsteady();
  return days.flatMap((day) => {
    const random = randomStream(seed, `hours ${day.station} ${day.date}`);
    return PARTICLES.flatMap((_, i): DemoHour[] => {
      const missing = random.integer(1, 80) === 1;
      const value = (item: (typeof items)[number]) => {
        const noise = random.integer(96, 104);
        const mean = day[item];
        if (mean === null || missing) return null;
        return moving(`${day.station} ${item}`, Math.round((mean * (COURSE[item][i] ?? 0) * noise) / 10_000));
      };
      const hour = {
        id: day.station,
        hour: hourNumber(day.date, i + 1),
        "PM2.5": value("PM2.5"),
        PM10: value("PM10"),
        O3: value("O3_8h"),
        NO2: value("NO2"),
        SO2: value("SO2"),
        CO: value("CO"),
      };
      return missing ? [] : [hour];
    });
  });
}
