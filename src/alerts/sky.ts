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
import type { JudgedStation } from "../store/air-hours.ts";
import type { Reader } from "../store/store.ts";

type ComparedItem = (typeof COMPARED_ITEMS)[number];
/** An hour of all stations in use; the values of a county's and the national ones, sorted when they are first asked for. */
type HourOfAll = {
  rows: readonly JudgedStation[];
  of(id: string): JudgedStation | undefined;
  sorted(county: string, item: ComparedItem): readonly number[];
};

/** What the stations in use on a day have measured. */
export type Sky = {
  /** The stations whose hour breaks a rule, or is doubted: that of any other begins nothing. */
  remarkableAt(hour: HourNumber): Promise<readonly string[]>;
  /** The stations of which no value of an hour has come. */
  silentAt(hour: HourNumber): Promise<readonly string[]>;
  /** The median of a station's neighbours, and of how many; null where too few have a value to compare with. */
  around(id: string, item: ComparedItem, hour: HourNumber): Promise<{ median: number | null; n: number }>;
  /** Whether a value stands out among the neighbours'; null where nobody can say. */
  besideNeighbours(id: string, item: ComparedItem, hour: HourNumber, value: number): Promise<Rung | null>;
};

export async function skyOf(
  store: Reader,
  { settings, day }: { settings: AlertSettings; day: string },
): Promise<Sky> {
  const countyOf = await store.air.counties();
  // Stations that stand out are compared at the same hours: each of these is read once, for all of them.
  const hours = new Map<HourNumber, HourOfAll>();
  const hourOf = async (hour: HourNumber): Promise<HourOfAll> => {
    const read = hours.get(hour) ?? asHour(await store.air.hourOfAll(hour, day), countyOf);
    hours.set(hour, read);
    return read;
  };
  const around: Sky["around"] = async (id, item, hour) => {
    const { of, sorted } = await hourOf(hour);
    const own = of(id);
    const county = own?.regionId ?? (await store.air.station(id))?.regionId;
    if (county === undefined) return { median: null, n: 0 };
    return medianBeside(sorted(countyOf(county), item), own?.[item] ?? null, settings);
  };
  const besideNeighbours: Sky["besideNeighbours"] = async (id, item, hour, value) => {
    // Far below what could stand out nobody has to be compared with.
    if (value < settings.neighbours[item]) return 0;
    const { median } = await around(id, item, hour);
    return median === null ? null : isAbove(item, value, median, settings) ? 1 : 0;
  };
  const least = leastAnomalous(settings);
  const isLow = (row: JudgedStation) => LEVEL_ITEMS.every((item) => (row[item] ?? 0) < least[item]);
  const standsOut = async (row: JudgedStation, hour: HourNumber): Promise<boolean> => {
    const { id } = row;
    if (LEVEL_ITEMS.some((item) => levelRung(item, row[item] ?? 0, settings) > 0)) return true;
    const fine = row["PM2.5"] ?? 0;
    if (fine >= settings.surge.by) {
      const before = (await hourOf(hour - settings.surge.hours)).of(id)?.["PM2.5"] ?? null;
      if (before !== null && surges(fine, before, settings)) return true;
    }
    for (const item of COMPARED_ITEMS)
      if ((await besideNeighbours(id, item, hour, row[item] ?? 0)) === 1) return true;
    return false;
  };
  return {
    async remarkableAt(hour) {
      const found: string[] = [];
      for (const row of (await hourOf(hour)).rows)
        if (row.isDoubted || (!isLow(row) && (await standsOut(row, hour)))) found.push(row.id);
      return found;
    },
    async silentAt(hour) {
      return (await hourOf(hour)).rows.flatMap(({ id, measured }) => (measured === 1 ? [] : [id]));
    },
    around,
    besideNeighbours,
  };
}

function asHour(rows: readonly JudgedStation[], countyOf: (regionId: string) => string): HourOfAll {
  let byId: ReadonlyMap<string, JudgedStation> | null = null;
  let byCounty: ReadonlyMap<string, readonly JudgedStation[]> | null = null;
  const known = new Map<string, readonly number[]>();
  /** The stations of a county and the national ones, which stand for the city. */
  const ofCounty = (county: string) => {
    byCounty ??= Map.groupBy(rows, ({ national, regionId }) => (national === 1 ? "" : countyOf(regionId)));
    return [...(byCounty.get("") ?? []), ...(byCounty.get(county) ?? [])];
  };
  return {
    rows,
    of(id) {
      byId ??= new Map(rows.map((row) => [row.id, row]));
      return byId.get(id);
    },
    sorted(county, item) {
      const key = `${item} ${county}`;
      const values =
        known.get(key) ??
        ofCounty(county)
          .flatMap((row) => row[item] ?? [])
          .sort((a, b) => a - b);
      known.set(key, values);
      return values;
    },
  };
}
