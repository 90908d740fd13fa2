import { Decimal } from "decimal.js";
import { daysIn } from "../period.ts";
import { partsOfTargetSpan, periodOfTargetSpan, type TargetSpan } from "./target-span.ts";

/** Between which values a figure can lie at all, and to which side it is good. */
export type TargetScale = { direction: "at-least" | "at-most"; least: number; most: number };

export type TargetConflict = { whole: TargetSpan; parts: readonly TargetSpan[] };

/**
 * The quarters, and the year, whose own target can't be kept where their parts just keep theirs: the day-weighted mean of the
 * parts misses it, rounded to its decimals (修约值比较法), or leaves the other parts nothing that a figure can be.
 * Source: our own rule; the domain document (section 4.1) has no targets that contradict each other.
 */
export function targetConflicts(
  targets: ReadonlyMap<TargetSpan, Decimal>,
  { direction, least, most }: TargetScale,
  year: number,
): TargetConflict[] {
  return (["q1", "q2", "q3", "q4", "year"] as const).flatMap((whole) => {
    const target = targets.get(whole);
    const parts = partsOfTargetSpan(whole).filter((part) => targets.has(part));
    if (target === undefined || parts.length === 0) return [];
    const days = (span: TargetSpan) => daysIn(periodOfTargetSpan(span, year));
    const kept = parts.reduce(
      (sum, part) => sum.plus(new Decimal(targets.get(part) ?? 0).times(days(part))),
      new Decimal(0),
    );
    const left = days(whole) - parts.reduce((sum, part) => sum + days(part), 0);
    const best = kept.plus(new Decimal(direction === "at-most" ? least : most).times(left)).div(days(whole));
    const reached = best.toDecimalPlaces(target.decimalPlaces(), Decimal.ROUND_HALF_EVEN);
    const misses = direction === "at-most" ? reached.gt(target) : reached.lt(target);
    return misses ? [{ whole, parts }] : [];
  });
}
