import type { AirDay, IsoDate } from "../domain/air/day.ts";
import { meanDay } from "../domain/air/region-day.ts";
import type { EpochMs, PersonId, RegionId } from "../domain/ids.ts";
import { type DayRow, mergeDays, SIX } from "./air-merge.ts";
import { connectionOf, type Db } from "./open.ts";
import { region, station } from "./schema.ts";

/**
 * Recomputes region days from their stations, for the station days that changed. A region's own stations include its
 * forerunners'. Runs inside the caller's transaction.
 */
export async function recomputeRegions(
  db: Db,
  changed: readonly DayRow[],
  by: { personId: PersonId | null; at: EpochMs },
): Promise<void> {
  const ofStation = connectionOf(db).prepare<[string, IsoDate, IsoDate], AirDay>(
    `select date, ${SIX} from station_day where station_id = ? and date between ? and ?`,
  );
  const broughtBy = new Map<string, Map<IsoDate, AirDay>>();
  for (const [stationId, rows] of Map.groupBy(changed, (row) => row.id))
    broughtBy.set(stationId, new Map(rows.map((row) => [row.date, row])));

  for (const { regionId, until, stationIds } of await compositions(db)) {
    const touched = new Set<IsoDate>();
    for (const id of stationIds)
      for (const date of broughtBy.get(id)?.keys() ?? [])
        if (until === null || date <= until) touched.add(date);
    const dates = [...touched].sort();
    const [from, to] = [dates[0], dates.at(-1)];
    if (from === undefined || to === undefined) continue;
    const byDate = new Map<IsoDate, AirDay[]>(dates.map((date) => [date, []]));
    for (const id of stationIds) {
      const brought = broughtBy.get(id);
      for (const [date, day] of brought ?? []) byDate.get(date)?.push(day);
      // A file mostly brings the same dates of every station: then nothing has to be read back.
      if (brought !== undefined && dates.every((date) => brought.has(date))) continue;
      for (const day of ofStation.all(id, from, to))
        if (!brought?.has(day.date)) byDate.get(day.date)?.push(day);
    }
    const days = dates.map((date) => ({
      id: regionId,
      date,
      ...meanDay(byDate.get(date) ?? [], stationIds.length),
    }));
    mergeDays(db, "region_day", days, by, "stations");
  }
}

type Composition = { regionId: RegionId; until: IsoDate | null; stationIds: readonly string[] };

/** The stations that make up each region, through all mergers; the city rests on its national stations. */
async function compositions(db: Db): Promise<Composition[]> {
  const regions = await db.select().from(region);
  const successor = new Map(regions.map((r) => [r.id, r.successor]));
  const members = new Map(regions.map((r) => [r.id, new Set<string>()]));
  for (const s of await db.select().from(station)) {
    for (let at: string | null | undefined = s.regionId; at; at = successor.get(at))
      members.get(at)?.add(s.id);
    if (s.national) for (const r of regions) if (r.kind === "city") members.get(r.id)?.add(s.id);
  }
  return regions.map((r) => ({
    regionId: r.id,
    until: r.validTo,
    stationIds: [...(members.get(r.id) ?? [])],
  }));
}
