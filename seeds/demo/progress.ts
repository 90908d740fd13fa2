import type { Indicator, PlanPack } from "../../src/domain/plan/pack.ts";
import { dayOfYear } from "./days.ts";
import { demoDuties } from "./duties.ts";
import { type Habit, habitOf } from "./habits.ts";
import { demoSeed, randomStream } from "./random.ts";
import { regionOn } from "./region-on.ts";
import { reportDates } from "./report-dates.ts";
import { storiesOf } from "./stories.ts";

/**
 * One report of one indicator: `region` null is the whole city, otherwise the region's id as of `date`.
 * `value` is exact decimal text in the indicator's unit. `done` stands only with `check` indicators.
 */
export interface ProgressRow {
  indicator: string;
  region: string | null;
  date: string;
  value: string;
  note: string | null;
  done?: boolean;
}

/**
 * Fictional reports from February to December of the plan's year: each indicator on its own day early in the month
 * and once more at the month's end; an indicator that names counties is reported by each of them, by the successor
 * once a region is merged. Stories: `stories.ts`.
 */
export function demoProgress(pack: PlanPack, seed: number = demoSeed): ProgressRow[] {
  const { habits, duties } = storiesOf(pack, seed);
  const ofCounties = new Set(pack.duties.flatMap((duty) => (duty.of === "county" ? [duty.indicator] : [])));
  const yearly = pack.indicators.filter(({ id }) => !ofCounties.has(id));
  const reported = yearly.flatMap((indicator) => {
    const rows = new Map<string, ProgressRow>();
    for (const named of indicator.counties ?? [null]) {
      // Regions that become one share a plan, so that their reports agree when they are one.
      const place = named === null ? null : regionOn(pack, named, `${pack.year}-12-31`);
      const habit = habitOf(indicator, place, seed, habits);
      for (const row of reports(pack, indicator, named, habit, seed, place)) {
        rows.set(`${row.region} ${row.date}`, row);
      }
    }
    return [...rows.values()];
  });
  return [...reported, ...demoDuties(pack, duties, seed)];
}

function reports(
  pack: PlanPack,
  indicator: Indicator,
  named: string | null,
  habit: Habit,
  seed: number,
  place: string | null,
): ProgressRow[] {
  const random = randomStream(seed, `progress ${indicator.id} ${place}`);
  const dates = reportDates(pack, habit.reportDay ?? random.integer(2, 7));
  // Where a level starts from, and where it ends, as a share of the target.
  const course = { start: random.integer(0, 100) / 100, end: random.integer(0, 100) / 100 };
  return dates
    .filter((date) => habit.silentAfter === undefined || date <= habit.silentAfter)
    .map((date) => {
      const region = named === null ? null : regionOn(pack, named, date);
      const wobble = random.integer(0, 100) / 100;
      const note = habit.note?.(date) ?? null;
      if (indicator.kind === "check") {
        const done = isDone(indicator, habit, date);
        return { indicator: indicator.id, region, date, value: done ? "1" : "0", note, done };
      }
      const value = measured(indicator, habit, date, course, wobble);
      return { indicator: indicator.id, region, date, value, note };
    });
}

function isDone(indicator: Indicator, habit: Habit, date: string): boolean {
  if (indicator.pace === "always") return habit.brokenIn === undefined || !date.startsWith(habit.brokenIn);
  return habit.doneOn !== undefined && date >= habit.doneOn;
}

interface Course {
  start: number;
  end: number;
}

function measured(indicator: Indicator, habit: Habit, date: string, course: Course, wobble: number): string {
  const target = Number(indicator.value);
  const elapsed = Math.min(dayOfYear(date) / dayOfYear(indicator.deadline), 1);
  const decimals = indicator.value.split(".")[1]?.length ?? 0;
  if (indicator.kind === "count") {
    const reached = Math.min((target * elapsed * habit.pacePct(elapsed)) / 100, target);
    return habit.behind ? decimalText(reached, decimals, "down") : decimalText(reached, decimals, "up");
  }
  const ceiling = indicator.unit === "%" && indicator.kind === "share" ? 100 : Number.POSITIVE_INFINITY;
  // Figures such as 次/月 are whole; shares and levels get one decimal more than the plan's.
  const places = indicator.unit.startsWith("次") ? 0 : decimals + 1;
  if (indicator.pace === "always") {
    const share = indicator.direction === "at-most" ? 0.72 + 0.24 * wobble : 1.04 + 0.3 * wobble;
    return decimalText(
      Math.min(target * share, ceiling),
      places,
      indicator.direction === "at-most" ? "down" : "up",
    );
  }
  const { from, to } = span(indicator, habit, course);
  return decimalText(
    Math.min(target * (from + (to - from) * elapsed), ceiling),
    places,
    to < 1 ? "down" : "up",
  );
}

/** Shares of the target at the year's start and at the deadline. */
function span(indicator: Indicator, habit: Habit, course: Course): Span {
  if (indicator.direction === "at-most") {
    return { from: 1.14 + 0.08 * course.start, to: habit.behind ? 1.04 : 0.94 + 0.05 * course.end };
  }
  // A change against an earlier year starts low; a level has most of its way behind it.
  const isChange =
    indicator.kind === "amount" && (indicator.baselineYear !== undefined || indicator.unit === "%");
  const from = isChange ? 0.2 + 0.25 * course.start : 0.78 + 0.12 * course.start;
  return { from, to: habit.behind ? 0.96 : 1.005 + 0.03 * course.end };
}

interface Span {
  from: number;
  to: number;
}

function decimalText(value: number, decimals: number, direction: "up" | "down"): string {
  let scale = 1;
  for (let i = 0; i < decimals; i++) scale *= 10;
  // A hair's breadth keeps 118 × 0.5 from becoming 60 or 58 by the last bit of a float.
  const units = direction === "up" ? Math.ceil(value * scale - 1e-6) : Math.floor(value * scale + 1e-6);
  const digits = String(units).padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
