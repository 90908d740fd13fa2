import { isInUse } from "../air/in-use.ts";
import { undoubted } from "../domain/air/hour-checks.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import { type COMPARED_ITEMS, medianOf } from "../domain/alerts/readings.ts";
import type { AlertSettings } from "../domain/plan/pack-alerts.ts";
import type { Station } from "../store/air.ts";
import type { MeasuredHour } from "../store/air-hours.ts";
import type { Reader } from "../store/store.ts";

/** What the stations in use have measured, hour by hour, read once each. */
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

export async function skyOf(store: Reader, settings: AlertSettings, today: string): Promise<Sky> {
  const inUse = (await store.air.stations()).filter((station) => isInUse(station, today));
  const stations = new Map(inUse.map((station) => [station.id, station]));
  const ids = [...stations.keys()];
  const neighbours = await store.air.neighbours();
  const hours = new Map<HourNumber, ReadonlyMap<string, MeasuredHour>>();
  const at = async (hour: HourNumber) => {
    const known =
      hours.get(hour) ?? new Map((await store.air.hoursAt(ids, hour)).map((row) => [row.id, row]));
    hours.set(hour, known);
    return known;
  };
  return {
    stations,
    at,
    async around(id, item, hour) {
      const all = await at(hour);
      const values = neighbours(id).flatMap((other) => {
        const row = all.get(other);
        return row === undefined ? [] : (undoubted(row, row.doubts)[item] ?? []);
      });
      return { median: medianOf(values, settings), n: values.length };
    },
  };
}
