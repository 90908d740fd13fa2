import type { OfficeCalendar } from "./plan/pack.ts";

/** The office's working days. All dates are calendar dates of the office's time zone. */
export type Calendar = {
  /** Weekdays that are not statutory days off, and make-up days at a weekend. */
  isWorkingDay(date: Temporal.PlainDate): boolean;
  /**
   * The `n`-th working day after `from`; the start day isn't counted, whether it is a working day or not. 0 gives `from`.
   * Refuses (throws) a negative or fractional `n`.
   */
  addWorkingDays(from: Temporal.PlainDate, n: number): Temporal.PlainDate;
  /**
   * The last day of a term of `n` calendar days after `from`, the start day not counted; when it is a day off, the next
   * working day (民法总则 第二百零三条, later 民法典 第二百零三条; to be confirmed against the original).
   * Refuses (throws) a negative or fractional `n`.
   */
  dueAfterCalendarDays(from: Temporal.PlainDate, n: number): Temporal.PlainDate;
  /** The `n`-th working day of a month, from 1. Refuses (throws) when the month has fewer. */
  nthWorkingDayOfMonth(month: Temporal.PlainYearMonth, n: number): Temporal.PlainDate;
  /** Whether the year's statutory days are known. Without them only weekends are off, and the caller says so. */
  knows(year: number): boolean;
  /** What a day off was called when it was entered; null where nobody has said. */
  nameOf(date: Temporal.PlainDate): string | null;
};

/**
 * Makes the office's calendar from the plan pack's statutory days, one entry a year, and from days that were entered afterwards.
 * Source: the State Council's yearly notice (2020: 国办发明电〔2019〕16号, extended by 〔2020〕1号).
 */
export function officeCalendar(
  shipped: readonly OfficeCalendar[],
  entered: readonly StatutoryDay[] = [],
): Calendar {
  const calendars = withDays(shipped, entered);
  const names = new Map(
    entered.flatMap(({ date, kind, name }) => (kind === "off" && name ? [[date, name]] : [])),
  );
  const off = new Set(calendars.flatMap((c) => c.off));
  const work = new Set(calendars.flatMap((c) => c.work));
  const years = new Set(calendars.map((c) => c.year));

  // A function of the statutory days alone, kept because every indicator of every list of tasks asks for it again.
  const nthDays = new Map<string, Temporal.PlainDate>();

  const isWorkingDay = (date: Temporal.PlainDate): boolean => {
    const iso = date.toString();
    return work.has(iso) || (date.dayOfWeek <= 5 && !off.has(iso));
  };
  const next = (date: Temporal.PlainDate): Temporal.PlainDate => {
    let day = date;
    while (!isWorkingDay(day)) day = day.add({ days: 1 });
    return day;
  };
  const addWorkingDays = (from: Temporal.PlainDate, n: number): Temporal.PlainDate => {
    checkCount(n);
    let day = from;
    for (let left = n; left > 0; left--) day = next(day.add({ days: 1 }));
    return day;
  };

  return {
    isWorkingDay,
    addWorkingDays,
    dueAfterCalendarDays(from, n) {
      checkCount(n);
      return next(from.add({ days: n }));
    },
    nthWorkingDayOfMonth(month, n) {
      const key = `${month} ${n}`;
      const known = nthDays.get(key);
      if (known !== undefined) return known;
      const day = addWorkingDays(month.toPlainDate({ day: 1 }).subtract({ days: 1 }), n);
      if (!day.toPlainYearMonth().equals(month)) throw new RangeError(`${month} has no working day no. ${n}`);
      nthDays.set(key, day);
      return day;
    },
    knows: (year) => years.has(year),
    nameOf: (date) => names.get(date.toString()) ?? null,
  };
}

/** The working days from one ISO date on, before another. */
export function workingDaysBetween(from: string, to: string, { isWorkingDay }: Calendar): number {
  const end = Temporal.PlainDate.from(to);
  let count = 0;
  for (let day = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(day, end) < 0; ) {
    if (isWorkingDay(day)) count += 1;
    day = day.add({ days: 1 });
  }
  return count;
}

/** What rests on a year whose days off nobody has entered says so; null where all the years are known. ISO dates or days. */
export function unknownYears(
  calendar: Pick<Calendar, "knows">,
  days: readonly (Temporal.PlainDate | string | null)[],
): string | null {
  const named = days.flatMap((day) => (day === null ? [] : [Temporal.PlainDate.from(day).year]));
  const years = [...new Set(named)].filter((year) => !calendar.knows(year)).sort((a, b) => a - b);
  return years.length === 0 ? null : `未录入${years.join("、")}年放假安排，按周末推算`;
}

/** A day of the State Council's notice: off, or worked to make up for one. */
export type StatutoryDay = {
  readonly date: string;
  readonly kind: "off" | "work";
  /** Of which holiday: 端午节, 运河节. */
  readonly name?: string | null;
};

/**
 * The calendars with days that were entered afterwards: each goes before what its year said of it, and a year that had none
 * is known from then on. A later notice may so change single days (国办发明电〔2020〕1号 extended a holiday).
 */
function withDays(calendars: readonly OfficeCalendar[], days: readonly StatutoryDay[]): OfficeCalendar[] {
  const byYear = Map.groupBy(days, ({ date }) => Number(date.slice(0, 4)));
  const years = new Set([...calendars.map(({ year }) => year), ...byYear.keys()]);
  return [...years].map((year) => {
    const known = calendars.find((one) => one.year === year) ?? { year, source: "", off: [], work: [] };
    const entered = byYear.get(year) ?? [];
    const dates = new Set(entered.map(({ date }) => date));
    const of = (kind: StatutoryDay["kind"]) => [
      ...known[kind].filter((date) => !dates.has(date)),
      ...entered.filter((day) => day.kind === kind).map(({ date }) => date),
    ];
    return { ...known, off: of("off"), work: of("work") };
  });
}

function checkCount(n: number): void {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`not a number of days: ${n}`);
}
