import { Decimal } from "decimal.js";
import { dayNumber } from "../air/calendar-days.ts";
import type { Indicator } from "./pack.ts";

/**
 * How far an indicator must be on the last elapsed day: `value` as an exact ratio, so that a percentage of it can be
 * judged without a rounded figure in between.
 */
export type Expectation = { total: Decimal; elapsed: number; days: number };

/**
 * The expected progress at the end of `asOf`, in the indicator's unit:
 * linear: total × elapsed days ÷ days from `yearStart` (1 January) through the deadline, both inclusive, 0 before
 * `yearStart` and the total from the deadline on; deadline: the total from the deadline on; always: the total.
 * @returns null when nothing is expected yet: a deadline-paced indicator before its deadline.
 * Division is to 40 digits; use {@link expectation} where a threshold is judged.
 * Source: domain document, section 10 [our design].
 */
export function expectedProgress(
  indicator: Pick<Indicator, "value" | "deadline" | "pace">,
  asOf: Temporal.PlainDate,
  yearStart: Temporal.PlainDate,
): Decimal | null {
  const due = expectation(indicator, asOf, yearStart);
  return due && progressOf(due);
}

/** An expectation divided out, to 40 digits. */
export function progressOf({ total, elapsed, days }: Expectation): Decimal {
  return new Exact(total).times(elapsed).div(days);
}

/** {@link expectedProgress} before the division. `elapsed` is between 0 and `days`. Refuses (throws) a deadline before `yearStart`. */
export function expectation(
  { value, deadline, pace }: Pick<Indicator, "value" | "deadline" | "pace">,
  asOf: Temporal.PlainDate,
  yearStart: Temporal.PlainDate,
): Expectation | null {
  const total = new Decimal(value);
  // Day numbers rather than Temporal objects: this runs for every indicator of every list of tasks.
  const end = dayNumber(deadline);
  const today = dayNumber(asOf.toString());
  const over = today >= end;
  switch (pace) {
    case "always":
      return { total, elapsed: 1, days: 1 };
    case "deadline":
      return over ? { total, elapsed: 1, days: 1 } : null;
    case "linear": {
      const first = dayNumber(yearStart.toString());
      const days = end - first + 1;
      if (days < 1) throw new RangeError(`deadline ${deadline} is before ${yearStart}`);
      return { total, days, elapsed: over ? days : Math.max(0, today - first + 1) };
    }
    default:
      return pace satisfies never;
  }
}

const Exact = Decimal.clone({ precision: 40 });
