import { isInUse } from "../air/in-use.ts";
import { undoubted } from "../domain/air/hour-checks.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import { type COMPARED_ITEMS, medianOf } from "../domain/alerts/readings.ts";
import type { AlertSettings } from "../domain/plan/pack-alerts.ts";
import type { Station } from "../store/air.ts";
import type { MeasuredHour } from "../store/air-hours.ts";
import type { Reader } from "../store/store.ts";

/** What the stations in use have measured. */
export type Sky = {
  stations: ReadonlyMap<string, Station>;
  at(hour: HourNumber): Promise<ReadonlyMap<string, MeasuredHour>>;
  /** The median of a station's neighbours, and of how many; null where too few have a value to compare with. */
  around(
    id: string,
    item: (typeof COMPARED_ITEMS)[number],
    hour: HourNumber,
  ): Promise<{ median: number | null; n: number }>;
};

/** Hours of a neighbour that are read at once: an anomaly asks for a few that follow one another. */
const SPAN = 24;

/** `until`: the last hour that is over. */
export async function skyOf(
  store: Reader,
  { settings, today, until }: { settings: AlertSettings; today: string; until: HourNumber },
): Promise<Sky> {
  const inUse = (await store.air.stations()).filter((station) => isInUse(station, today));
  const stations = new Map(inUse.map((station) => [station.id, station]));
  const ids = [...stations.keys()];
  const neighbours = await store.air.neighbours();
  const courses = new Map<string, { from: HourNumber; hours: ReadonlyMap<HourNumber, MeasuredHour> }>();
  const hourOf = async (id: string, hour: HourNumber) => {
    const read = courses.get(id);
    if (read !== undefined && hour >= read.from) return read.hours.get(hour);
    const from = hour - SPAN;
    const rows = await store.air.measuredHours(id, from, until);
    const hours = new Map(rows.map((row) => [row.hour, row]));
    courses.set(id, { from, hours });
    return hours.get(hour);
  };
  return {
    stations,
    at: async (hour) => new Map((await store.air.hoursAt(ids, hour)).map((row) => [row.id, row])),
    async around(id, item, hour) {
      const values: number[] = [];
      for (const other of neighbours(id)) {
        const row = stations.has(other) ? await hourOf(other, hour) : undefined;
        const value = row === undefined ? null : undoubted(row, row.doubts)[item];
        if (value !== null) values.push(value);
      }
      return { median: medianOf(values, settings), n: values.length };
    },
  };
}
