import type { HourLimits } from "../plan/pack-alerts.ts";
import { HOURLY_ITEMS, type HourlyItem, type HourValues } from "./hours.ts";

/** Why a value of an hour is doubted. It stands as it was measured and enters no figure. */
export const HOUR_CHECKS = ["negative", "range", "zero", "flat", "inversion", "jump"] as const;
export type HourCheck = (typeof HOUR_CHECKS)[number];
/** Which of an hour's values are doubted. */
export type Suspicion = Readonly<Partial<Record<HourlyItem, HourCheck>>>;

/** Hours on both sides that may tell whether one is doubted. */
export const reachOf = ({ zeroHours, flatHours, inversion }: HourLimits): number =>
  Math.max(zeroHours, flatHours.usual, flatHours.SO2, flatHours.CO, inversion.hours) - 1;

/**
 * What of a station's hours is doubted by the station's own course: below 0, out of range, 0 or the same for too long, more PM2.5
 * than PM10. `hours` follow one another without a gap; null is an hour that didn't come, and ends a run. All hours of a run are
 * doubted, so that the order in which they came makes no difference.
 * Source: our own thresholds (domain document, section 5). Never clipped, never deleted.
 */
export function ownSuspicions(hours: readonly (HourValues | null)[], limits: HourLimits): Suspicion[] {
  const found = hours.map((): Partial<Record<HourlyItem, HourCheck>> => ({}));
  const doubt = (i: number, item: HourlyItem, check: HourCheck) => {
    const of = found[i];
    if (of !== undefined) of[item] ??= check;
  };
  const each = (from: number, to: number, item: HourlyItem, check: HourCheck) => {
    for (let i = from; i < to; i++) doubt(i, item, check);
  };
  for (const item of HOURLY_ITEMS) {
    const flat = flatHoursOf(item, limits);
    for (let from = 0, to = 0; from < hours.length; from = to) {
      const value = hours[from]?.[item] ?? null;
      for (to = from + 1; to < hours.length && (hours[to]?.[item] ?? null) === value; ) to += 1;
      if (value === null) continue;
      if (value < 0) each(from, to, item, "negative");
      else if (value > mostOf(item, limits)) each(from, to, item, "range");
      else if (value === 0 && to - from >= limits.zeroHours) each(from, to, item, "zero");
      else if (to - from >= flat) each(from, to, item, "flat");
    }
  }
  for (let from = 0, to = 0; from < hours.length; from = to + 1) {
    for (to = from; to < hours.length && isInverted(hours[to] ?? null, limits); ) to += 1;
    if (to - from < limits.inversion.hours) continue;
    for (const item of ["PM2.5", "PM10"] as const) each(from, to, item, "inversion");
  }
  return found;
}

/** A value that may be compared with: none below 0 or out of range. */
export function comparable(value: number | null, item: HourlyItem, limits: HourLimits): number | null {
  return value !== null && value >= 0 && value <= mostOf(item, limits) ? value : null;
}

/** CO moves in tenths of mg/m³, far below what makes a jump. */
export const JUMPING = ["PM2.5", "PM10", "O3", "NO2", "SO2"] as const satisfies readonly HourlyItem[];
/** Fewer neighbours with both hours say nothing. */
const NEIGHBOURS = 3;
/** The neighbours stay as they are when half of them change by no more than this share of the jump. */
const STILL = 1 / 4;

/** Whether a value has risen so far above that of the hour before that one looks at the neighbours. */
export function rises(before: number | null, value: number | null, { jump }: HourLimits): boolean {
  return before !== null && value !== null && value - before > jump.by && value > jump.times * before;
}

/**
 * Whether an hour is a lone jump: the station rises far above its hour before while its neighbours stay where they were. The next
 * hour as high makes it an event, which isn't doubted. A fall back is the end of a jump and none itself.
 * `neighbours` are the changes of those that have both hours.
 */
export function isLoneJump(
  { before, value, next }: { before: number | null; value: number | null; next: number | null },
  neighbours: readonly number[],
  limits: HourLimits,
): boolean {
  if (!rises(before, value, limits) || rises(before, next, limits) || neighbours.length < NEIGHBOURS)
    return false;
  const sorted = neighbours.map(Math.abs).sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return median <= ((value ?? 0) - (before ?? 0)) * STILL;
}

/** An hour as figures take it: without what is doubted. */
export function undoubted<T extends Partial<HourValues>>(hour: T, suspicion: Suspicion | null): T {
  if (suspicion === null) return hour;
  return { ...hour, ...Object.fromEntries(Object.keys(suspicion).map((item) => [item, null])) };
}

const stepsOf = (item: HourlyItem) => (item === "CO" ? 10 : 1);

/** Hours in a row with one value from which they are doubted. */
export const flatHoursOf = (item: HourlyItem, { flatHours }: HourLimits): number =>
  item === "SO2" || item === "CO" ? flatHours[item] : flatHours.usual;

/** The most that is still air, in the steps that are stored. */
export const mostOf = (item: HourlyItem, { most }: HourLimits): number => most[item] * stepsOf(item);

function isInverted(hour: HourValues | null, { inversion }: HourLimits): boolean {
  const [fine, coarse] = [hour?.["PM2.5"] ?? null, hour?.PM10 ?? null];
  return (
    fine !== null &&
    coarse !== null &&
    fine - coarse > inversion.by &&
    (fine - coarse) * 100 > coarse * inversion.pct
  );
}
