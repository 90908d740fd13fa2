import { daysInMonth } from "./air/calendar-days.ts";
import type { IsoDate } from "./air/day.ts";

// 06/03/2020 as programs of other countries write it: one of a file's orders is that of all of its dates.

/** What stands first in 06/03/2020. */
export const DATE_ORDERS = ["month-first", "day-first"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];
export const dateOrderNames: Readonly<Record<DateOrder, string>> = {
  "month-first": "月/日/年",
  "day-first": "日/月/年",
};
export const otherOrder = (order: DateOrder): DateOrder =>
  order === "month-first" ? "day-first" : "month-first";

const YEAR_LAST = /^\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?=$|[\sT])/;
const two = (text: string) => text.padStart(2, "0");

/** Such a date with its year first, and what stands behind it; null for any other text, and for what is no day in this order. */
export function inDateOrder(text: string, order: DateOrder): string | null {
  const found = YEAR_LAST.exec(text);
  if (found === null) return null;
  const [whole, a = "", , b = "", year = ""] = found;
  const [month, day] = order === "month-first" ? [a, b] : [b, a];
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > daysInMonth(Number(year), m)) return null;
  return `${year}-${two(month)}-${two(day)}${text.slice(whole.length)}`;
}

/** A file's order, and whether its dates leave no other one. */
export type OrderFound = { order: DateOrder; isSure: boolean };

/**
 * The order in which the cells of a file's date columns have day and month; null where none is written so, or no order makes
 * days of all of them. Where both do, the likelier one: by the months that the title speaks of, by what lies ahead of
 * `today`, and by days that follow one another.
 */
export function dateOrderOf(
  columns: readonly (readonly string[])[],
  { months, today }: { months: ReadonlySet<number>; today: IsoDate },
): OrderFound | null {
  const written = columns.map((texts) => [...new Set(texts)].filter((text) => YEAR_LAST.test(text)));
  if (written.every(({ length }) => length === 0)) return null;
  const readings = DATE_ORDERS.flatMap((order) => {
    const days = written.map((texts) => texts.map((text) => inDateOrder(text, order)?.slice(0, 10) ?? null));
    return days.every((column) => column.every((day) => day !== null)) ? [{ order, days }] : [];
  });
  const [first, second] = readings;
  if (first === undefined) return null;
  if (second === undefined || JSON.stringify(first.days) === JSON.stringify(second.days))
    return { order: first.order, isSure: true };
  const [one, other] = [likeness(first.days), likeness(second.days)];
  const at = one.findIndex((n, i) => n !== other[i]);
  const isSecond = at >= 0 && (one[at] as number) < (other[at] as number);
  return { order: isSecond ? second.order : first.order, isSure: false };

  /** The greater at the first difference, the likelier. */
  function likeness(days: readonly (readonly IsoDate[])[]): readonly number[] {
    const all = days.flat();
    const said = all.filter((day) => months.has(Number(day.slice(5, 7)))).length;
    const ahead = all.filter((day) => day > today).length;
    const steps = days.flatMap((column) => column.slice(1).map((day, i) => gap(column[i] as IsoDate, day)));
    return [
      said,
      -ahead,
      steps.filter((days) => days > 0).length,
      -steps.reduce((sum, days) => sum + Math.abs(days), 0),
    ];
  }
}

const gap = (from: IsoDate, to: IsoDate) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
