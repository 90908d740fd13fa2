import type { HourNumber } from "../air/hour-number.ts";
import type { Rung } from "./readings.ts";

/** An hour as a rule sees it; rung null: nothing is known of it. */
export type JudgedHour = { hour: HourNumber; rung: Rung | null; value: number | null };

/** An anomaly as the hours tell it, whatever has been told of it. */
export type Course = {
  first: HourNumber;
  /** The last hour in which the rule was broken, with its class and value. */
  last: HourNumber;
  rung: Rung;
  value: number | null;
  /** The highest class, and the highest value. */
  peak: Rung;
  peakValue: number | null;
  /** `over`: so many normal hours have followed; `lapsed`: nothing has been heard for a day. */
  state: "on" | "over" | "lapsed";
};

/** Without any hour for so long nobody can say that it goes on. */
const LAPSES_AFTER = 24;

/**
 * The anomalies in hours that follow one another without a gap; the first is the one that `goesOn`, if any, whose last hour is
 * the one before them. The first class has to last `firstHours` in a row, a higher one begins at once; `clearHours` normal ones
 * in a row end it. It rests on the hours alone, so that late and corrected ones make of it what it would have been.
 */
export function coursesOf(
  readings: readonly JudgedHour[],
  { firstHours, clearHours }: { firstHours: number; clearHours: number },
  goesOn: Course | null = null,
): Course[] {
  let open: Course | null = goesOn === null ? null : { ...goesOn };
  const courses: Course[] = open === null ? [] : [open];
  let run: JudgedHour[] = [];
  let [normal, silent] = [0, 0];
  for (const reading of readings) {
    const { rung } = reading;
    if (open === null) {
      run = rung === null || rung === 0 ? [] : [...run, reading];
      if (run.length < (rung !== null && rung > 1 ? 1 : firstHours)) continue;
      for (const one of run) open = extended(open, one);
      if (open !== null) courses.push(open);
      [normal, silent] = [0, 0];
      continue;
    }
    if (rung === null) silent += 1;
    else if (rung === 0) [normal, silent] = [normal + 1, 0];
    else {
      extended(open, reading);
      [normal, silent] = [0, 0];
    }
    if (normal >= clearHours) open.state = "over";
    else if (silent >= LAPSES_AFTER) open.state = "lapsed";
    if (open.state !== "on") [open, run] = [null, []];
  }
  return courses;
}

function extended(course: Course | null, { hour, rung, value }: JudgedHour): Course {
  const at = rung ?? 0;
  if (course === null)
    return { first: hour, last: hour, rung: at, value, peak: at, peakValue: value, state: "on" };
  course.last = hour;
  course.rung = at;
  course.value = value;
  course.peak = Math.max(course.peak, at) as Rung;
  if (value !== null) course.peakValue = Math.max(course.peakValue ?? value, value);
  return course;
}
