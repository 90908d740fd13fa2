import { type Period, periodOf } from "./period.ts";

/** A month, `YYYY-MM`, as a period. */
export function monthPeriod(month: string): Period {
  const { year, month: no, daysInMonth } = Temporal.PlainYearMonth.from(month);
  const from = Temporal.PlainDate.from({ year, month: no, day: 1 });
  return periodOf(from, from.with({ day: daysInMonth }));
}

/** The month that a day lies in, and its year. */
export const monthOfDay = (day: Temporal.PlainDate): Period =>
  periodOf(day.with({ day: 1 }), day.with({ day: day.daysInMonth }));
export const yearOfDay = (day: Temporal.PlainDate): Period =>
  periodOf(day.with({ month: 1, day: 1 }), day.with({ month: 12, day: 31 }));

/** The last twelve months that are over: what a question about monthly figures means when it names no time. */
export function pastYear(today: Temporal.PlainDate): Period {
  const present = today.with({ day: 1 });
  return periodOf(present.subtract({ months: 12 }), present.subtract({ days: 1 }));
}

/** The months of a period that are over, as `YYYY-MM`: monthly figures are known when their month has ended. Null: none is. */
export function monthsOver(
  { from, to }: Pick<Period, "from" | "to">,
  today: Temporal.PlainDate,
): { from: string; to: string } | null {
  const last = today.toPlainYearMonth().subtract({ months: 1 });
  const end = Temporal.PlainYearMonth.compare(to.toPlainYearMonth(), last) < 0 ? to.toPlainYearMonth() : last;
  if (Temporal.PlainYearMonth.compare(from.toPlainYearMonth(), end) > 0) return null;
  return { from: from.toPlainYearMonth().toString(), to: end.toString() };
}
