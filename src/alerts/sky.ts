import { isInUse } from "../air/in-use.ts";
import { undoubted } from "../domain/air/hour-checks.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import {
  COMPARED_ITEMS,
  isAbove,
  LEVEL_ITEMS,
  leastAnomalous,
  levelRung,
  medianBeside,
  type Rung,
  surges,
} from "../domain/alerts/readings.ts";
import type { AlertSettings } from "../domain/plan/pack-alerts.ts";
import type { Station } from "../store/air.ts";
import type { HourRow } from "../store/air-hours.ts";
import type { Reader } from "../store/store.ts";

type ComparedItem = (typeof COMPARED_ITEMS)[number];
type OneHour = {
  rows: ReadonlyMap<string, HourRow>;
  /** Sorted values by the list of neighbours that they are of. */
  sorted: Readonly<Record<ComparedItem, Map<readonly string[], readonly number[]>>>;
};

/** What the stations in use have measured. */
export type Sky = {
  stations: ReadonlyMap<string, Station>;
  /** The stations whose hour breaks a rule, or is doubted: that of any other begins nothing. */
  remarkableAt(hour: HourNumber): Promise<readonly string[]>;
  /** The median of a station's neighbours, and of how many; null where too few have a value to compare with. */
  around(id: string, item: ComparedItem, hour: HourNumber): Promise<{ median: number | null; n: number }>;
  /** Whether a value stands out among the neighbours'; null where nobody can say. */
  besideNeighbours(id: string, item: ComparedItem, hour: HourNumber, value: number): Promise<Rung | null>;
};

export async function skyOf(
  store: Reader,
  { settings, today }: { settings: AlertSettings; today: string },
): Promise<Sky> {
  const inUse = (await store.air.stations()).filter((station) => isInUse(station, today));
  const stations = new Map(inUse.map((station) => [station.id, station]));
  const ids = [...stations.keys()];
  const neighbours = await store.air.neighbours();
  // Stations that stand out are compared at the same hours: each of these is read once, for all of them.
  const hours = new Map<HourNumber, OneHour>();
  const hourOf = async (hour: HourNumber): Promise<OneHour> => {
    const read = hours.get(hour);
    if (read !== undefined) return read;
    const rows = await store.air.hoursAt(ids, hour);
    const found = {
      rows: new Map(rows.map((row) => [row.id, undoubted(row, row.doubts)])),
      sorted: { "PM2.5": new Map(), PM10: new Map() },
    };
    hours.set(hour, found);
    return found;
  };
  const around: Sky["around"] = async (id, item, hour) => {
    const { rows, sorted } = await hourOf(hour);
    const among = neighbours(id);
    let values = sorted[item].get(among);
    if (values === undefined) {
      values = among.flatMap((one) => rows.get(one)?.[item] ?? []).sort((a, b) => a - b);
      sorted[item].set(among, values);
    }
    return medianBeside(values, rows.get(id)?.[item] ?? null, settings);
  };
  const besideNeighbours: Sky["besideNeighbours"] = async (id, item, hour, value) => {
    // Far below what could stand out nobody has to be compared with.
    if (value < settings.neighbours[item]) return 0;
    const { median } = await around(id, item, hour);
    return median === null ? null : isAbove(item, value, median, settings) ? 1 : 0;
  };
  const standsOut = async (row: HourRow): Promise<boolean> => {
    const { id, hour } = row;
    if (LEVEL_ITEMS.some((item) => levelRung(item, row[item] ?? 0, settings) > 0)) return true;
    const fine = row["PM2.5"] ?? 0;
    if (fine >= settings.surge.by) {
      const before = (await hourOf(hour - settings.surge.hours)).rows.get(id)?.["PM2.5"] ?? null;
      if (before !== null && surges(fine, before, settings)) return true;
    }
    for (const item of COMPARED_ITEMS)
      if ((await besideNeighbours(id, item, hour, row[item] ?? 0)) === 1) return true;
    return false;
  };
  return {
    stations,
    async remarkableAt(hour) {
      const found: string[] = [];
      for (const row of await store.air.remarkableAt(ids, hour, leastAnomalous(settings)))
        if (row.doubts !== null || (await standsOut(row))) found.push(row.id);
      return found;
    },
    around,
    besideNeighbours,
  };
}
