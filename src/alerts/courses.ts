import { type HourCheck, undoubted } from "../domain/air/hour-checks.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourlyItem } from "../domain/air/hours.ts";
import { type Course, coursesOf, type JudgedHour } from "../domain/alerts/course.ts";
import {
  type AlertRule,
  COMPARED_ITEMS,
  isAbove,
  LEVEL_ITEMS,
  levelRung,
  type Rung,
  surges,
} from "../domain/alerts/readings.ts";
import type { AlertSettings } from "../domain/plan/pack-alerts.ts";
import type { MeasuredHour } from "../store/air-hours.ts";
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

/** All that a station's hours within [from, to] are by the rules, whatever has been told of it. */
export async function coursesOfStation(
  id: string,
  [from, to]: readonly [HourNumber, HourNumber],
  { store, sky, settings }: { store: Reader; sky: Sky; settings: AlertSettings },
): Promise<FoundCourse[]> {
  const back = settings.surge.hours;
  const rows = await store.air.measuredHours(id, from - back, to);
  const measured = new Map(rows.map((row) => [row.hour, row]));
  const clean = new Map(rows.map((row) => [row.hour, undoubted(row, row.doubts)]));
  const hours = Array.from({ length: to - from + 1 }, (_, i) => from + i);
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
    for (const course of coursesOf(readings, { firstHours: lasts, clearHours }))
      found.push({ ...course, rule, item, detail: await detail(course) });
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
    const readings = hours.map((hour) => reading(hour, item, (value) => levelRung(item, value, settings)));
    await add("level", item, readings, firstHours, ({ last }) => beside(item, last));
  }
  for (const item of COMPARED_ITEMS) {
    const readings: JudgedHour[] = [];
    for (const hour of hours) {
      const value = valueAt(hour, item);
      // Far below what could stand out nobody has to be compared with.
      const { median } =
        value === null || value < settings.neighbours[item]
          ? { median: null }
          : await sky.around(id, item, hour);
      readings.push(
        reading(hour, item, (of) =>
          of < settings.neighbours[item]
            ? 0
            : median === null
              ? null
              : isAbove(item, of, median, settings)
                ? 1
                : 0,
        ),
      );
    }
    await add("neighbours", item, readings, firstHours, ({ last }) => beside(item, last));
  }
  const risen = hours.map((hour) =>
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
    const readings = hours.map((hour): JudgedHour => {
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
