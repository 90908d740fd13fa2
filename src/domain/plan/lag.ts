import { Decimal } from "decimal.js";
import type { Calendar } from "../calendar.ts";
import { halfEven } from "../rounding.ts";
import { type Expectation, expectation, progressOf } from "./pace.ts";
import type { Indicator, Settings } from "./pack.ts";

/** 绿 on pace, 黄 and 红 behind, 灰 not reported for the last due cycle; null: nothing to judge yet (未到期). */
export type LagLevel = "绿" | "黄" | "红" | "灰" | null;

/** The newest report of an indicator, in its unit; `date` is the day that the figure is of. */
export type ProgressReport = { value: Decimal | string; date: Temporal.PlainDate };

/** Where an indicator stands. `actual` and `expected` are in its unit, the percentages are rounded once to one decimal. */
export type TaskStanding = {
  actual: Decimal | null;
  expected: Decimal | null;
  /** Actual ÷ expected for at-least; for at-most 100 less the overrun in percent of the cap. Null when not judged. */
  pacePct: number | null;
  /** How far short of 100; 0 when not behind, null when not judged. */
  behindPct: number | null;
  level: LagLevel;
};

/**
 * Judges an indicator at the end of `asOf`, the last elapsed day. All of it is our own design [D], domain document section 10:
 * - 绿 from `yellowBelowPct` (95 %) of the expected progress, 红 below `redBelowPct` (85 %), 黄 between. The published
 *   one-decimal percentage is what is compared, so that a reader can check the colour.
 * - A deadline that has passed (from the deadline day on) with the target not exactly reached is 红, however near.
 * - at-most is mirrored: 5 % over the cap is 95 %, 15 % over is 85 %. A cap of 0 is kept (100 %) or broken (0 %).
 * - deadline-paced and not yet due: 绿 once reached, otherwise null.
 * - 灰 when no report is dated in the last due reporting cycle or later, even if an older one was good; percentages are
 *   then null. After its deadline an indicator is reported no more, so the deadline's month is the last one asked for.
 *   Months before the indicator's year are never asked for.
 * - A finished indicator is never 灰: an at-least target once reached, or a cap held on the deadline. An `always` indicator
 *   must hold on every day and isn't finished before its deadline.
 * Pass as `actual` the newest report; progress counts from `start`, without one from 1 January of the deadline's year.
 */
export function indicatorStanding({
  indicator,
  actual: report,
  asOf,
  calendar,
  settings,
}: {
  indicator: Pick<Indicator, "value" | "deadline" | "pace" | "direction"> & { start?: string };
  actual: ProgressReport | null;
  asOf: Temporal.PlainDate;
  calendar: Calendar;
  settings: Pick<Settings, "reporting"> & { lag: LagBounds };
}): TaskStanding {
  // Dates are compared as ISO text where that will do: a long list of tasks makes thousands of comparisons.
  const { deadline, start = `${deadline.slice(0, 4)}-01-01` } = indicator;
  const yearStart = Temporal.PlainDate.from(start);
  const actual = report && new Decimal(report.value);
  const due = expectation(indicator, asOf, yearStart);
  const expected = due && progressOf(due);
  const unjudged = { actual, expected, pacePct: null, behindPct: null };
  const reached = actual !== null && reaches(indicator, actual);
  const reportedOn = report?.date.toString() ?? null;

  if (!(reached && finished(indicator, reportedOn))) {
    let cycle = lastDueCycle(asOf, calendar, settings.reporting.dueWorkingDay).toString();
    if (cycle > monthOf(deadline)) cycle = monthOf(deadline);
    const asked = cycle >= monthOf(yearStart.toString());
    const reported = reportedOn !== null && monthOf(reportedOn) >= cycle;
    if (asked && !reported) return { ...unjudged, level: "灰" };
  }
  if (actual === null) return { ...unjudged, level: null };

  const pacePct = due && pacePercent(indicator.direction, actual, due);
  const missed = asOf.toString() >= deadline && !reached;
  if (pacePct === null)
    return { ...unjudged, behindPct: reached ? 0 : null, level: reached ? "绿" : missed ? "红" : null };
  return {
    actual,
    expected,
    pacePct: pacePct.toNumber(),
    behindPct: Decimal.max(0, new Decimal(100).minus(pacePct)).toNumber(),
    level: missed ? "红" : levelOf(pacePct, settings.lag),
  };
}

/** Sorts standings worst first: 红, 黄, 灰, 绿, then not judged; within a level the furthest behind first. Equal ones keep their order. */
export function lagOrder(
  a: Pick<TaskStanding, "level" | "behindPct">,
  b: Pick<TaskStanding, "level" | "behindPct">,
): number {
  return (
    WORST_FIRST.indexOf(a.level) - WORST_FIRST.indexOf(b.level) || (b.behindPct ?? 0) - (a.behindPct ?? 0)
  );
}

/** What a calendar makes of a day alone, kept because every indicator of every list of tasks asks for the same. */
const dueCycles = new WeakMap<Calendar, Map<string, Temporal.PlainYearMonth>>();

/** The newest month whose report is due by the end of `asOf`: due on the `dueWorkingDay`-th working day of the next month. */
export function lastDueCycle(
  asOf: Temporal.PlainDate,
  calendar: Calendar,
  dueWorkingDay: number,
): Temporal.PlainYearMonth {
  const ofCalendar = dueCycles.get(calendar) ?? new Map<string, Temporal.PlainYearMonth>();
  dueCycles.set(calendar, ofCalendar);
  const key = `${asOf} ${dueWorkingDay}`;
  const known = ofCalendar.get(key);
  if (known !== undefined) return known;
  const month = asOf.toPlainYearMonth();
  const due = calendar.nthWorkingDayOfMonth(month, dueWorkingDay);
  const cycle = month.subtract({ months: Temporal.PlainDate.compare(due, asOf) <= 0 ? 1 : 2 });
  ofCalendar.set(key, cycle);
  return cycle;
}

const WORST_FIRST: readonly LagLevel[] = ["红", "黄", "灰", "绿", null];

function reaches({ direction, value }: Pick<Indicator, "direction" | "value">, actual: Decimal): boolean {
  return direction === "at-least" ? actual.gte(value) : actual.lte(value);
}

function finished(
  { deadline, direction, pace }: Pick<Indicator, "deadline" | "direction" | "pace">,
  reportedOn: string | null,
): boolean {
  if (reportedOn !== null && reportedOn >= deadline) return true;
  return direction === "at-least" && pace !== "always";
}

/** One division from exact figures, then one rounding (GB/T 8170). Null when nothing is expected yet. */
function pacePercent(
  direction: Indicator["direction"],
  actual: Decimal,
  { total, elapsed, days }: Expectation,
): Decimal | null {
  const expectedTimesDays = total.times(elapsed);
  if (direction === "at-most") {
    if (expectedTimesDays.lte(0)) return new Decimal(actual.times(days).lte(expectedTimesDays) ? 100 : 0);
    const overrun = actual.times(days).minus(expectedTimesDays);
    return halfEven(expectedTimesDays.minus(overrun).times(100).div(expectedTimesDays), 1);
  }
  return expectedTimesDays.lte(0) ? null : halfEven(actual.times(days).times(100).div(expectedTimesDays), 1);
}

type LagBounds = Pick<Settings["lag"], "yellowBelowPct" | "redBelowPct">;

function levelOf(pacePct: Decimal, { yellowBelowPct, redBelowPct }: LagBounds): LagLevel {
  if (pacePct.lt(redBelowPct)) return "红";
  return pacePct.lt(yellowBelowPct) ? "黄" : "绿";
}

/** `YYYY-MM` */
function monthOf(date: string): string {
  return date.slice(0, 7);
}
