import { type HourNumber, hourLabel, hoursOfDay, lastHour } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourValues } from "../domain/air/hours.ts";
import { meanOfStations } from "../domain/air/region-day.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import type { Station } from "../store/air.ts";
import type { HourRow } from "../store/air-hours.ts";
import type { Reader } from "../store/store.ts";
import { isInUse } from "./in-use.ts";

/** A place's newest hour, with the stations that it rests on. */
export type LiveAir = {
  region: Region;
  /** The newest hour that any of its stations has; null where none has any. */
  hour: HourNumber | null;
  /** Whole hours that have ended since. */
  age: number;
  /** Means of the stations that have this hour: of each item, where enough of them do. */
  mean: HourValues;
  /** Stations that have this hour, of all in use. */
  valid: number;
  stations: readonly LiveStation[];
  /** Stations of its towns, which don't enter its mean. */
  towns: readonly LiveStation[];
  /** Hours of the day that are over. */
  hoursOver: number;
};
/** `hours`: how many of the day's hours a station has any value of; a day needs 20. */
export type LiveStation = { station: Station; newest: HourRow | null; hours: number };

/** Further back than this nobody calls it live; older hours are looked up by their day. */
const LIVE_DAYS = 7;

/**
 * The newest hour of places: a county's of its stations, the city's of the national ones, those in use today. The mean of a
 * place needs the share of its stations that a day does (domain document, 2.1 and 2.4).
 */
export async function liveAir(
  store: Reader,
  office: Office,
  regions: readonly Region[],
  now: Temporal.Instant,
): Promise<LiveAir[]> {
  const until = lastHour(office.local(now));
  const today = office.today(now).toString();
  const inUse = (await store.air.stations()).filter((station) => isInUse(station, today));
  const newest = new Map(
    (
      await store.air.newestHours(
        inUse.map(({ id }) => id),
        until,
      )
    )
      .filter(({ hour }) => hour > until - LIVE_DAYS * 24)
      .map((row) => [row.id, row]),
  );
  const { first } = hoursOfDay(hourLabel(until).date);
  const hours = new Map<string, number>();
  const telling = (row: HourValues) => HOURLY_ITEMS.some((item) => row[item] !== null);
  // Of a station that is silent since yesterday none has to be looked for.
  for (const [id, { hour }] of newest)
    if (hour >= first) hours.set(id, (await store.air.hours(id, first, until)).filter(telling).length);
  return regions.map((region) => {
    const own = new Set(office.lineage(region.id));
    const isOf = (s: Station) => (region.kind === "city" ? s.national : own.has(s.regionId));
    const isOfTown = ({ regionId }: Station) => own.has(office.subunit(regionId)?.county ?? "");
    const livesOf = (which: (s: Station) => boolean): LiveStation[] =>
      inUse.filter(which).map((station) => ({
        station,
        newest: newest.get(station.id) ?? null,
        hours: hours.get(station.id) ?? 0,
      }));
    const stations = livesOf(isOf);
    const known = stations.flatMap((one) => one.newest ?? []);
    const hour = known.length === 0 ? null : Math.max(...known.map((one) => one.hour));
    const present = known.filter((one) => one.hour === hour);
    return {
      region,
      hour,
      age: hour === null ? 0 : until - hour,
      mean: meanOfStations(HOURLY_ITEMS, present, stations.length),
      valid: present.length,
      stations,
      towns: livesOf(isOfTown),
      hoursOver: until - first + 1,
    };
  });
}

/** The end of an hour for scripts, as 2020-06-14T24:00: of the day that it closes. */
export function isoHour(hour: HourNumber): string {
  const { date, label } = hourLabel(hour);
  return `${date}T${String(label).padStart(2, "0")}:00`;
}

/** 6月15日 08:00; the last hour of a day is its 24:00. */
export function hourWords(hour: HourNumber): string {
  const { date, label } = hourLabel(hour);
  const { month, day } = Temporal.PlainDate.from(date);
  return `${month}月${day}日 ${String(label).padStart(2, "0")}:00`;
}
