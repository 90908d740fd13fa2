import { type HourCheck, undoubted } from "../domain/air/hour-checks.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourlyItem } from "../domain/air/hours.ts";
import { type Course, coursesOf, type JudgedHour } from "../domain/alerts/course.ts";
import {
  type AlertRule,
  COMPARED_ITEMS,
  LEVEL_ITEMS,
  levelRung,
  type Rung,
  surges,
} from "../domain/alerts/readings.ts";
import type { AlertSettings } from "../domain/plan/pack-alerts.ts";
import type { MeasuredHour } from "../store/air-hours.ts";
import type { Alert } from "../store/alerts.ts";
import type { Reader } from "../store/store.ts";
import type { Sky } from "./sky.ts";

/** What the card of an anomaly says beside its value. */
export type AlertDetail = {
  median?: number | null;
  neighbours?: number;
  before?: number | null;
  check?: HourCheck;
};
export type FoundCourse = Course & { rule: AlertRule; item: HourlyItem | ""; detail: AlertDetail };

/**
 * All that a station's hours within [from, to] are by the rules, whatever has been told of it. What stands `begun` goes on from its
 * last hour, before which nothing has changed, so that what has gone on for days costs no more than what began an hour ago.
 */
export async function coursesOfStation(
  id: string,
  [from, to]: readonly [HourNumber, HourNumber],
  begun: readonly Alert[],
  { store, sky, settings }: { store: Reader; sky: Sky; settings: AlertSettings },
): Promise<FoundCourse[]> {
  const back = settings.surge.hours;
  const earliest = Math.min(from, ...begun.map(({ lastHour }) => lastHour + 1));
  const rows = await store.air.measuredHours(id, earliest - back, to);
  const measured = new Map(rows.map((row) => [row.hour, row]));
  const clean = new Map(rows.map((row) => [row.hour, undoubted(row, row.doubts)]));
  const goingOn = (rule: AlertRule, item: HourlyItem) =>
    begun.find((one) => one.rule === rule && one.item === item);
  /** The hours to be read for a rule and an item. */
  const hoursFor = (rule: AlertRule, item: HourlyItem) => {
    const start = (goingOn(rule, item)?.lastHour ?? from - 1) + 1;
    return Array.from({ length: to - start + 1 }, (_, i) => start + i);
  };
  const valueAt = (hour: HourNumber, item: HourlyItem) => clean.get(hour)?.[item] ?? null;
  const { firstHours, clearHours } = settings;
  const found: FoundCourse[] = [];
  const add = async (
    rule: AlertRule,
    item: HourlyItem,
    readings: readonly JudgedHour[],
    lasts: number,
    detail: (course: Course) => Promise<AlertDetail>,
  ) => {
    const before = goingOn(rule, item);
    for (const course of coursesOf(readings, { firstHours: lasts, clearHours }, asCourse(before))) {
      const stays =
        before?.firstHour === course.first && (rule === "surge" || before.lastHour === course.last);
      found.push({ ...course, rule, item, detail: stays ? JSON.parse(before.detail) : await detail(course) });
    }
  };
  const reading = (hour: HourNumber, item: HourlyItem, rung: (value: number) => Rung | null): JudgedHour => {
    const value = valueAt(hour, item);
    return { hour, value, rung: value === null ? null : rung(value) };
  };
  const beside = async (item: HourlyItem, hour: HourNumber): Promise<AlertDetail> => {
    if (item !== "PM2.5" && item !== "PM10") return {};
    const { median, n } = await sky.around(id, item, hour);
    return { median, neighbours: n };
  };
  for (const item of LEVEL_ITEMS) {
    const readings = hoursFor("level", item).map((hour) =>
      reading(hour, item, (value) => levelRung(item, value, settings)),
    );
    await add("level", item, readings, firstHours, ({ last }) => beside(item, last));
  }
  for (const item of COMPARED_ITEMS) {
    const readings: JudgedHour[] = [];
    for (const hour of hoursFor("neighbours", item)) {
      const value = valueAt(hour, item);
      const rung = value === null ? null : await sky.besideNeighbours(id, item, hour, value);
      readings.push({ hour, value, rung });
    }
    await add("neighbours", item, readings, firstHours, ({ last }) => beside(item, last));
  }
  const risen = hoursFor("surge", "PM2.5").map((hour) =>
    reading(hour, "PM2.5", (value) => {
      const before = valueAt(hour - back, "PM2.5");
      return before !== null && surges(value, before, settings) ? 1 : 0;
    }),
  );
  await add("surge", "PM2.5", risen, 1, async ({ first }) => ({
    before: valueAt(first - back, "PM2.5"),
    ...(await beside("PM2.5", first)),
  }));
  for (const item of HOURLY_ITEMS) {
    const readings = hoursFor("doubt", item).map((hour): JudgedHour => {
      const row: MeasuredHour | undefined = measured.get(hour);
      const value = row?.[item] ?? null;
      return { hour, value, rung: value === null ? null : row?.doubts?.[item] === undefined ? 0 : 1 };
    });
    await add("doubt", item, readings, 1, async ({ last }) => {
      const check = measured.get(last)?.doubts?.[item];
      return check === undefined ? {} : { check };
    });
  }
  return found;
}

/** What stands written, as it was in its last hour. */
function asCourse(one: Alert | undefined): Course | null {
  if (one === undefined) return null;
  const { firstHour: first, lastHour: last, value, peakValue } = one;
  const [rung, peak] = [one.rung as Rung, one.peak as Rung];
  return { first, last, rung, value, peak, peakValue, state: "on" };
}
