import type { Region } from "../../domain/plan/pack.ts";
import { type DailyAirRow, readDailyAir } from "../../intake/daily-air.ts";
import type { Names } from "../../office/names.ts";
import type { Office } from "../../office/office.ts";
import type { DayRow } from "../../store/air-merge.ts";
import type { Writer } from "../../store/store.ts";
import type { Entered, Prepare } from "../prepared.ts";

/** Daily means of stations and regions. A different value for a known day is a correction. */
export const dailyAir: Prepare = async (sheets, by, { store, office, names, now, today }) => {
  const stations = new Map(
    (await store.air.stations()).flatMap((s) => [[s.name, s.id] as const, [s.id, s.id] as const]),
  );
  const { rows, rejected } = readDailyAir(sheets, {
    region: (name, date) => regionCalled(names, name, date)?.id ?? null,
    station: (name) => stations.get(name) ?? null,
    today: today.toString(),
  });
  const stamp = { personId: by?.id ?? null, at: now.epochMilliseconds };
  return { rows: rows.length, rejected, enter: () => merge(store, office, rows, stamp) };
};

/** A region by its name on a date; the city's own values come by its name too. */
function regionCalled(names: Names, name: string, date: string): Region | null {
  const regions = names.place(name)?.regions ?? [];
  const existing = regions.filter((r) => (r.from ?? "") <= date && date <= (r.to ?? "9999"));
  return existing.find((r) => r.short === name || r.name === name) ?? existing[0] ?? null;
}

async function merge(
  store: Writer,
  office: Office,
  rows: readonly DailyAirRow[],
  stamp: { personId: number | null; at: number },
): Promise<Entered> {
  const regions: DayRow[] = [];
  const heirs: DayRow[] = [];
  const stations: DayRow[] = [];
  for (const row of rows) {
    const day = (id: string): DayRow => ({
      id,
      date: row.date,
      "PM2.5": row["PM2.5"],
      PM10: row.PM10,
      O3_8h: row.O3_8h,
      NO2: row.NO2,
      SO2: row.SO2,
      CO: row.CO,
    });
    if (row.station !== null) stations.push(day(row.station));
    else if (row.region !== null) {
      regions.push(day(row.region));
      // A region that was only renamed hands its days on; of a merged one the heir's days need the stations.
      const heir = office.region(row.region).successor;
      if (heir !== undefined && office.lineage(heir).length === 2) heirs.push(day(heir));
    }
  }
  const counts = await store.air.mergeRegionDays(regions, stamp);
  await store.air.mergeRegionDays(heirs, stamp);
  const ofStations = await store.air.mergeStationDays(stations, stamp);
  return {
    added: counts.added + ofStations.added,
    corrected: counts.corrected + ofStations.corrected,
    unchanged: counts.unchanged + ofStations.unchanged,
    correctedDates: counts.correctedDates.union(ofStations.correctedDates),
  };
}
