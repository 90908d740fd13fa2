import type { AirDay, IsoDate } from "../domain/air/day.ts";
import { meanDay } from "../domain/air/region-day.ts";
import type { RegionId } from "../domain/ids.ts";
import { type DayRow, mergeDays, SIX, type Stamp } from "./air-merge.ts";
import { connectionOf, type Db } from "./open.ts";
import { region, station, stationDay } from "./schema.ts";

/** A station's day that has changed; `gone`: there is none any more. */
export type Touched = DayRow & { gone?: boolean };

/**
 * Recomputes region days from their stations, for the station days that changed. A region's own stations include its
 * forerunners'; a station counts on the days on which it is in use. A day is audited when all of its stations' are. Runs
 * inside the caller's transaction. @returns the dates of which a region has other figures than before.
 */
export async function recomputeRegions(
  db: Db,
  changed: readonly Touched[],
  by: Stamp,
): Promise<Set<IsoDate>> {
  const broughtBy = new Map<string, Map<IsoDate, Touched>>();
  for (const [stationId, rows] of Map.groupBy(changed, (row) => row.id))
    broughtBy.set(stationId, new Map(rows.map((row) => [row.date, row])));
  const recompute = recomputing(db, broughtBy, by);
  const corrected = new Set<IsoDate>();
  for (const composition of await compositions(db)) {
    const { until, stations } = composition;
    const touched = new Set<IsoDate>();
    for (const { id } of stations)
      for (const date of broughtBy.get(id)?.keys() ?? [])
        if (until === null || date <= until) touched.add(date);
    for (const date of recompute(composition, [...touched].sort())) corrected.add(date);
  }
  return corrected;
}

/** Gives regions back the days that their stations make, as those stand: for days that are no longer imported. */
export async function recomputeOwn(
  db: Db,
  datesOf: ReadonlyMap<string, readonly IsoDate[]>,
  by: Stamp,
): Promise<void> {
  const recompute = recomputing(db, new Map(), by);
  for (const composition of await compositions(db)) {
    const { regionId, until } = composition;
    const dates = (datesOf.get(regionId) ?? []).filter((date) => until === null || date <= until);
    recompute(composition, dates.toSorted());
  }
}

/** Has all days of regions made anew of what their stations have now: their stations are others than they were. */
export async function recomputeAll(db: Db, regions: ReadonlySet<RegionId>, by: Stamp): Promise<void> {
  const dates = await db.selectDistinct({ date: stationDay.date }).from(stationDay);
  const all = dates.map(({ date }) => date);
  await recomputeOwn(db, new Map([...regions].map((id) => [id, all])), by);
}

function recomputing(
  db: Db,
  broughtBy: ReadonlyMap<string, ReadonlyMap<IsoDate, Touched>>,
  by: Stamp,
): (composition: Composition, dates: readonly IsoDate[]) => ReadonlySet<IsoDate> {
  const connection = connectionOf(db);
  const ofStation = connection.prepare<[string, IsoDate, IsoDate], Stored>(
    `select date, ${SIX}, audit_id as auditId from station_day where station_id = ? and date between ? and ?`,
  );
  const remove = connection.prepare(
    "delete from region_day where region_id = ? and date = ? and source = 'stations'",
  );
  return ({ regionId, stations }, dates) => {
    const [from, to] = [dates[0], dates.at(-1)];
    if (from === undefined || to === undefined) return new Set();
    const byDate = new Map(dates.map((date) => [date, { days: [] as AirDay[], audited: true }]));
    const count = (day: AirDay, isAudited: boolean) => {
      const ofDate = byDate.get(day.date);
      if (ofDate === undefined) return;
      ofDate.days.push(day);
      if (!isAudited) ofDate.audited = false;
    };
    for (const member of stations) {
      const brought = broughtBy.get(member.id);
      for (const day of brought?.values() ?? [])
        if (!day.gone && isInUse(member, day.date)) count(day, day.audited === true);
      // A file mostly brings the same dates of every station: then nothing has to be read back.
      if (brought !== undefined && dates.every((date) => brought.has(date))) continue;
      for (const day of ofStation.all(member.id, from, to))
        if (!brought?.has(day.date) && isInUse(member, day.date)) count(day, day.auditId !== null);
    }
    const isAlways = stations.every(({ validFrom, validTo }) => validFrom === null && validTo === null);
    const assessed = (date: IsoDate) =>
      isAlways ? stations.length : stations.filter((member) => isInUse(member, date)).length;
    const days: DayRow[] = [];
    for (const [date, { days: ofDate, audited }] of byDate) {
      if (ofDate.length === 0) remove.run(regionId, date);
      else days.push({ id: regionId, date, ...meanDay(ofDate, assessed(date)), audited });
    }
    return mergeDays(db, "region_day", days, by, "stations").correctedDates;
  };
}

type Stored = AirDay & { auditId: number | null };
type Member = Pick<typeof station.$inferSelect, "id" | "validFrom" | "validTo">;
type Composition = { regionId: RegionId; until: IsoDate | null; stations: readonly Member[] };

const isInUse = ({ validFrom, validTo }: Member, date: IsoDate) =>
  (validFrom === null || validFrom <= date) && (validTo === null || date <= validTo);

/** The stations that make up each region, through all mergers; the city rests on its national stations. */
async function compositions(db: Db): Promise<Composition[]> {
  const regions = await db.select().from(region);
  const successor = new Map(regions.map((r) => [r.id, r.successor]));
  const members = new Map(regions.map((r) => [r.id, new Set<Member>()]));
  for (const s of await db.select().from(station)) {
    for (let at: string | null | undefined = s.regionId; at; at = successor.get(at)) members.get(at)?.add(s);
    if (s.national) for (const r of regions) if (r.kind === "city") members.get(r.id)?.add(s);
  }
  return regions.map((r) => ({
    regionId: r.id,
    until: r.validTo,
    stations: [...(members.get(r.id) ?? [])],
  }));
}
