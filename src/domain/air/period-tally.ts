import { dayNumber } from "./calendar-days.ts";
import type { AirDay, IsoDate, Pollutant } from "./day.ts";
import { levelIndex } from "./levels.ts";
import type { RuleSet } from "./rules.ts";
import { subIndexTables } from "./sub-index-tables.ts";
import type { Requirement } from "./sufficiency.ts";

/** One item's part in a period, in the integers of `Concentrations`. */
export type ItemTally = {
  validDays: number;
  sum: number;
  /** The valid days' values in the days' order, the first `validDays` filled; kept of O3 and CO alone, whose percentiles are published. */
  readonly values: Int32Array;
  /** Valid days in each span of the requirements. */
  readonly bySpan: Int32Array;
  /** Days with a sub-index above 100. */
  exceedance: number;
  /** Valid days on which the item was primary. */
  primary: number;
  readonly table: Int16Array;
};

/** A period counted: its items, and its valid days in all and by class in the order of `LEVELS`. */
export type PeriodTally = {
  readonly items: Readonly<Record<Pollutant, ItemTally>>;
  readonly levels: Int32Array;
  valid: number;
  /** Valid days in each span of the requirements. */
  readonly bySpan: Int32Array;
};

/**
 * Counts a period in one pass over its days, in any order. Classes, primary pollutants and exceedance are those that
 * `dayAqi` finds. The items are named one by one and nothing is made per day: this runs over every day of every
 * question, and reading fields by a variable key alone costs more than all the arithmetic.
 * Throws on a date outside the `calendar` days from `from`, on one that comes twice, on a negative or fractional value.
 */
export function tallyPeriod(
  days: readonly AirDay[],
  { from, calendar }: { readonly from: IsoDate; readonly calendar: number },
  ruleSet: RuleSet,
  spans: readonly Requirement[],
  knownExceedanceCounts: boolean,
): PeriodTally {
  const tables = subIndexTables(ruleSet);
  const pm25 = emptyTally(tables["PM2.5"], NOT_KEPT, spans.length);
  const pm10 = emptyTally(tables.PM10, NOT_KEPT, spans.length);
  const o3 = emptyTally(tables.O3_8h, new Int32Array(days.length), spans.length);
  const no2 = emptyTally(tables.NO2, NOT_KEPT, spans.length);
  const so2 = emptyTally(tables.SO2, NOT_KEPT, spans.length);
  const co = emptyTally(tables.CO, new Int32Array(days.length), spans.length);
  const levels = new Int32Array(6);
  const bySpan = new Int32Array(spans.length);
  let valid = 0;

  const first = dayNumber(from);
  const spanOfDay = spanOfEachDay(spans);
  const seen = new Uint8Array(calendar);
  for (const day of days) {
    const at = dayNumber(day.date) - first;
    if (at < 0 || at >= calendar) throw new RangeError(`${day.date} lies outside the period`);
    if (seen[at] === 1) throw new RangeError(`${day.date} comes twice`);
    seen[at] = 1;

    const span = spanOfDay[at] as number;
    const a = take(pm25, day["PM2.5"], span);
    const b = take(pm10, day.PM10, span);
    const c = take(o3, day.O3_8h, span);
    const d = take(no2, day.NO2, span);
    const e = take(so2, day.SO2, span);
    const f = take(co, day.CO, span);

    const worst = Math.max(a, b, c, d, e, f);
    const complete = Math.min(a, b, c, d, e, f) >= 0;
    if (!complete && !(knownExceedanceCounts && worst > 100)) continue;
    valid++;
    bySpan[span] = (bySpan[span] as number) + 1;
    const level = levelIndex(worst);
    levels[level] = (levels[level] as number) + 1;
    if (worst <= 50) continue;
    if (a === worst) pm25.primary++;
    if (b === worst) pm10.primary++;
    if (c === worst) o3.primary++;
    if (d === worst) no2.primary++;
    if (e === worst) so2.primary++;
    if (f === worst) co.primary++;
  }
  return {
    items: { "PM2.5": pm25, PM10: pm10, O3_8h: o3, NO2: no2, SO2: so2, CO: co },
    levels,
    valid,
    bySpan,
  };
}

/** Books one value and returns its sub-index; -1 when it is missing. */
function take(item: ItemTally, value: number | null, span: number): number {
  if (value === null) return -1;
  // `| 0` keeps whole numbers that fit the array and changes everything else, NaN included.
  if ((value | 0) !== value || value < 0) throw new RangeError(`not a concentration: ${value}`);
  if (item.values.length > 0) item.values[item.validDays] = value;
  item.validDays++;
  item.sum += value;
  item.bySpan[span] = (item.bySpan[span] as number) + 1;
  const index = item.table[Math.min(value, item.table.length - 1)] as number;
  if (index > 100) item.exceedance++;
  return index;
}

/** Stands for the values of an item that needs its sum alone. */
const NOT_KEPT = new Int32Array(0);

function emptyTally(table: Int16Array, values: Int32Array, spans: number): ItemTally {
  return { validDays: 0, sum: 0, values, bySpan: new Int32Array(spans), exceedance: 0, primary: 0, table };
}

function spanOfEachDay(spans: readonly Requirement[]): Uint16Array {
  const spanOfDay = new Uint16Array(spans.reduce((days, span) => days + span.days, 0));
  let at = 0;
  spans.forEach((span, s) => {
    spanOfDay.fill(s, at, at + span.days);
    at += span.days;
  });
  return spanOfDay;
}
