import type { HourlyItem } from "../air/hours.ts";
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

/**
 * The median of the neighbours' values and how many these are; null where too few have any. `sorted`: the values of all stations
 * that are neighbours of one another, `own` among them, which isn't its own neighbour.
 */
export function medianBeside(
  sorted: readonly number[],
  own: number | null,
  { neighbours }: AlertSettings,
): { median: number | null; n: number } {
  const at = own === null ? sorted.length : sorted.indexOf(own);
  const n = sorted.length - (own === null ? 0 : 1);
  if (n < neighbours.atLeast) return { median: null, n };
  const nth = (i: number) => sorted[i < at ? i : i + 1] ?? 0;
  const middle = n >> 1;
  return { median: n % 2 === 1 ? nth(middle) : (nth(middle - 1) + nth(middle)) / 2, n };
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

/** The least values with which an hour can be anything: what lies below needs no second look. */
export const leastAnomalous = ({ level, neighbours, surge }: AlertSettings) => ({
  "PM2.5": Math.min(neighbours["PM2.5"], surge.by, level["PM2.5"][0]),
  PM10: Math.min(neighbours.PM10, level.PM10[0]),
  O3: level.O3[0],
});
