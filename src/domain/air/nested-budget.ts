import type { Decimal } from "decimal.js";
import { type Period, periodOf } from "../period.ts";
import type { Span } from "../period-words.ts";

/** 日、月、季、年: what a day is held to by. The nearest comes first. */
export const BUDGET_LEVELS = ["month", "quarter", "year"] as const;
export type BudgetLevel = (typeof BUDGET_LEVELS)[number];

/** What one level still allows: a mean in µg/m³ (rounded down to 0.1) or a number of days. */
export type Allowance<V> = { readonly level: BudgetLevel; readonly allowed: V };

/**
 * 今天要控制在多少: the least that the month, the quarter and the year allow the days still to come, and the level that binds; of
 * equal ones the nearest binds. Keeping to it keeps all three.
 * @returns null when no level has a day left. Source: our own rule (domain document, section 4.1).
 */
export function bindingAllowance<V extends number | Decimal>(
  allowances: readonly Allowance<V>[],
): Allowance<V> | null {
  const [first, ...others] = allowances.toSorted(
    (a, b) => BUDGET_LEVELS.indexOf(a.level) - BUDGET_LEVELS.indexOf(b.level),
  );
  if (first === undefined) return null;
  return others.reduce((least, one) => (isLess(one.allowed, least.allowed) ? one : least), first);
}

const isLess = (a: number | Decimal, b: number | Decimal): boolean =>
  typeof a === "number" ? a < Number(b) : a.lt(b);

/** The periods that hold a whole month, quarter or year, nearest first: the month's own, its quarter's, its year's. Null: it is none of the three. */
export function budgetPeriods({ from, to }: Span): readonly { level: BudgetLevel; period: Period }[] | null {
  const year = spanOf(from, 1, 12);
  const quarter = spanOf(from, from.month - ((from.month - 1) % 3), 3);
  const month = spanOf(from, from.month, 1);
  const all = [
    { level: "month" as const, period: month },
    { level: "quarter" as const, period: quarter },
    { level: "year" as const, period: year },
  ];
  const at = all.findIndex(({ period }) => period.from.equals(from) && period.to.equals(to));
  return at < 0 ? null : all.slice(at);
}

function spanOf(day: Temporal.PlainDate, month: number, months: number): Period {
  const from = day.with({ month, day: 1 });
  return periodOf(from, from.add({ months }).subtract({ days: 1 }));
}
