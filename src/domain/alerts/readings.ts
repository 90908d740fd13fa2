import type { HourlyItem, HourValues } from "../air/hours.ts";
import type { AlertSettings } from "../plan/pack-alerts.ts";

/** Classes of an anomaly: 轻度, 中度, 重度. 0 is none. */
export type Rung = 0 | 1 | 2 | 3;

/** What is judged of a station's pollution. */
export const POLLUTION_RULES = ["level", "neighbours", "surge"] as const;
/** What is judged of its data: nobody but the office hears of it, for whoever keeps the station running. */
export const DATA_RULES = ["missing", "doubt"] as const;
export const ALERT_RULES = [...POLLUTION_RULES, ...DATA_RULES] as const;
export type AlertRule = (typeof ALERT_RULES)[number];
export const isAboutData = (rule: string): boolean => (DATA_RULES as readonly string[]).includes(rule);

export const LEVEL_ITEMS = ["PM2.5", "PM10", "O3"] as const satisfies readonly HourlyItem[];
export const COMPARED_ITEMS = ["PM2.5", "PM10"] as const satisfies readonly HourlyItem[];

/** The class of an hour by its value alone. */
export function levelRung(item: (typeof LEVEL_ITEMS)[number], value: number, { level }: AlertSettings): Rung {
  return level[item].filter((above) => value > above).length as Rung;
}

/** The median of the neighbours' values; null where too few have any. */
export function medianOf(values: readonly number[], { neighbours }: AlertSettings): number | null {
  if (values.length < neighbours.atLeast) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** Whether an hour stands far above the median of its neighbours: what comes from nearby does. */
export function isAbove(
  item: (typeof COMPARED_ITEMS)[number],
  value: number,
  median: number,
  { neighbours }: AlertSettings,
): boolean {
  return value * 100 > median * neighbours.pct && value - median >= neighbours[item];
}

/** Whether PM2.5 has risen by so much since the hour that lies so many back. */
export const surges = (value: number, before: number, { surge }: AlertSettings): boolean =>
  value - before >= surge.by;

/** The least value with which an hour can be anything: what lies below needs no second look. */
export function mayBeAnomalous(values: HourValues, { level, neighbours, surge }: AlertSettings): boolean {
  const [fine, coarse, ozone] = [values["PM2.5"] ?? 0, values.PM10 ?? 0, values.O3 ?? 0];
  return (
    fine >= Math.min(neighbours["PM2.5"], surge.by, level["PM2.5"][0]) ||
    coarse >= Math.min(neighbours.PM10, level.PM10[0]) ||
    ozone > level.O3[0]
  );
}

export type LeastValues = Readonly<Record<(typeof LEVEL_ITEMS)[number], number>>;
