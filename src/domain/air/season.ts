import { Decimal } from "decimal.js";
import type { ExactMean } from "./budget.ts";
import { dayNumber, daysInMonth } from "./calendar-days.ts";
import { samePeriodLastYear } from "./change.ts";
import type { AirDay, IsoDate } from "./day.ts";
import { requirementsOf, shortfall } from "./sufficiency.ts";

/** What earlier years had on the dates of a period: the seasonal shape that its budget is judged by. Null: no valid mean there. */
export type SeasonMeans = {
  /** Last year's mean of the same dates so far, of the whole period, and of the dates still to come. */
  readonly same: ExactMean | null;
  readonly whole: ExactMean | null;
  readonly rest: ExactMean | null;
  /** Lowest and highest mean of the dates still to come in the years that there are, µg/m³. */
  readonly best: Decimal | null;
  readonly worst: Decimal | null;
};

/**
 * The season of `from`..`to`, counted up to `asOf` (the day before `from` when none is), from the days of the years before:
 * last year first, whole years, any of them empty. A mean that has too few valid days isn't one. Source: domain document, section 4.1.
 */
export function seasonOf(
  years: readonly (readonly AirDay[])[],
  { from, to }: { readonly from: IsoDate; readonly to: IsoDate },
  asOf: IsoDate,
): SeasonMeans {
  const next = Temporal.PlainDate.from(asOf).add({ days: 1 }).toString();
  const shifted = (first: IsoDate, last: IsoDate, back: number) => {
    let span = { from: first, to: last };
    for (let i = 0; i < back; i++) span = samePeriodLastYear(span.from, span.to);
    return closedMean(years[back - 1] ?? [], span.from, span.to);
  };
  const rests = years.flatMap((_, i) => (next > to ? [] : (shifted(next, to, i + 1) ?? [])));
  const means = rests.map(({ sum, days }) => new Decimal(sum).div(days));
  return {
    same: asOf < from ? null : shifted(from, asOf, 1),
    whole: shifted(from, to, 1),
    rest: next > to ? null : shifted(next, to, 1),
    best: means.length === 0 ? null : Decimal.min(...means),
    worst: means.length === 0 ? null : Decimal.max(...means),
  };
}

/** The PM2.5 means of a year's twelve months from its days; null for a month with too few. */
export function monthMeans(days: readonly AirDay[], year: number): (ExactMean | null)[] {
  const byMonth = Map.groupBy(days, ({ date }) => date.slice(0, 7));
  return Array.from({ length: 12 }, (_, i) => {
    const month = `${year}-${String(i + 1).padStart(2, "0")}`;
    return closedMean(byMonth.get(month) ?? [], `${month}-01`, `${month}-${daysInMonth(year, i + 1)}`);
  });
}

/** A closed period's PM2.5 mean as its exact sum and days, from days in any order; null when it may not be published. */
export function closedMean(days: readonly AirDay[], from: IsoDate, to: IsoDate): ExactMean | null {
  const requirements = requirementsOf(from, to);
  const first = dayNumber(from);
  const ends: number[] = [];
  for (const span of requirements.spans) ends.push((ends.at(-1) ?? first) + span.days);
  const valid = requirements.spans.map(() => 0);
  let sum = 0;
  for (const { date, "PM2.5": value } of days) {
    if (value === null || date < from || date > to) continue;
    const day = dayNumber(date);
    const at = ends.findIndex((end) => day < end);
    valid[at] = (valid[at] ?? 0) + 1;
    sum += value;
  }
  const count = valid.reduce((a, b) => a + b, 0);
  return count === 0 || shortfall(requirements, valid) !== null ? null : { sum, days: count };
}
