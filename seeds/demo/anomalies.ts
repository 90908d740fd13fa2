import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { type DemoHour, demoHours } from "./hours.ts";
import { demoSeed } from "./random.ts";
import type { StationDay } from "./station-day.ts";
import { stationsOf } from "./stations.ts";
import { storiesOf } from "./stories.ts";

/** Hours of a working day, and enough around them to see an anomaly begin and end. */
const [FIRST, LAST] = [6, 20];

/** The hours of the station and its neighbours on the days of the stories; each is to be judged when it is over. */
export function demoAnomalies(pack: PlanPack, days: readonly StationDay[]): DemoHour[] {
  const stories = storiesOf(pack, demoSeed);
  const stations = stationsOf(stories.airs, `${pack.year - 1}-01-01`);
  return stories.anomalies.flatMap(({ region, station, date, from, pm10, finePct }) => {
    const near = new Set(stations.filter((one) => one.region === region || one.national).map(({ id }) => id));
    const hours = demoHours(days.filter((day) => day.date === date && near.has(day.station)));
    const [begin = 0] = hours.map(({ hour }) => hour);
    return hours
      .filter(({ hour }) => begin + FIRST - 1 <= hour && hour < begin + LAST)
      .map((hour) => {
        const own = hour.id === `demo-${region}-${station}` ? pm10[hour.hour - begin + 1 - from] : undefined;
        return own === undefined ? hour : { ...hour, PM10: own, "PM2.5": Math.round((own * finePct) / 100) };
      });
  });
}
