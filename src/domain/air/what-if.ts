import { Decimal } from "decimal.js";
import { halfEven } from "../rounding.ts";
import { badDayBudget, type ExactMean, remainingAllowableMean } from "./budget.ts";

/** Days of a period as far as it has come, and those still to come, which are taken as valid. */
export type DaysKnown = {
  /** Exact sum of the valid days' means, µg/m³. */
  readonly sum: number;
  readonly meanDays: number;
  /** Days that are valid in all items, and those among them above 100. */
  readonly valid: number;
  readonly bad: number;
  readonly left: number;
};

/** Of which days something is assumed: all of a part of the period, or those of it still to come. */
export type AssumedOf = "whole" | "rest";

export type MeanOutcome = {
  /** Mean that the part's days still to come would have to have for the assumption to come true; null when none is left. */
  readonly restOfPart: Decimal | null;
  /** What the period comes to, one decimal, half to even: with no day left outside the part, or as last year there. */
  readonly comesTo: Decimal | null;
  /** Days still to come outside the part. */
  readonly othersLeft: number;
  /** By 修约值比较法: rounded to the target's decimals, then compared; null while `comesTo` is. */
  met(target: Decimal): boolean | null;
  /** What those other days may average (rounded down to 0.1); null when there are none. */
  allowedForOthers(target: Decimal): Decimal | null;
};

/**
 * What a period (`all`) comes to if the mean of a part of it is `value`: of all its valid and coming days, whatever those so
 * far were (`whole`), or of the coming ones alone (`rest`). The other days still to come are as `others`, last year's mean
 * of the same dates; without it nothing is foretold of them.
 * Source: GB/T 8170 cl. 4.3 (to be confirmed) for the comparison; our own rule for the rest (domain document, section 4).
 */
export function ifMean(
  all: DaysKnown,
  part: DaysKnown,
  value: Decimal,
  of: AssumedOf,
  others: ExactMean | null,
): MeanOutcome {
  const days = of === "whole" ? part.meanDays + part.left : part.left;
  const before = of === "whole" ? all.sum - part.sum : all.sum;
  const sum = value.times(days).plus(before);
  const valid = all.meanDays + part.left;
  const othersLeft = all.left - part.left;
  const expected =
    othersLeft === 0
      ? sum.div(valid)
      : others &&
        sum
          .times(others.days)
          .plus(othersLeft * others.sum)
          .div(others.days * (valid + othersLeft));
  return {
    restOfPart:
      part.left === 0
        ? null
        : of === "rest"
          ? value
          : value.times(days).minus(part.sum).div(part.left).toDecimalPlaces(1, Decimal.ROUND_FLOOR),
    comesTo: expected && halfEven(expected, 1),
    othersLeft,
    met: (target) => expected && halfEven(expected, target.decimalPlaces()).lte(target),
    allowedForOthers: (target) => remainingAllowableMean(target, sum, valid, othersLeft),
  };
}

export type BadDaysOutcome = {
  /** Bad days of the period so far and assumed. */
  readonly bad: number;
  /** Valid days of the whole period, the coming ones taken as such. */
  readonly days: number;
  readonly othersLeft: number;
  /** 优良率 if every other day still to come is good: the best that is left; percent, one decimal. */
  readonly bestRatePct: Decimal;
  /** Whether even that reaches the target; with no other day left, whether the target is met. */
  met(ratePct: Decimal): boolean;
  /** How many of the other days may be bad; below zero, by how many the budget is overdrawn. */
  leftForOthers(ratePct: Decimal): number;
};

/** What a period comes to if a part of it has `bad` days above 100: in all (`whole`), or from now on (`rest`). */
export function ifBadDays(all: DaysKnown, part: DaysKnown, bad: number, of: AssumedOf): BadDaysOutcome {
  const total = all.bad + bad - (of === "whole" ? part.bad : 0);
  const days = all.valid + all.left;
  const rate = new Decimal(days - total).times(100).div(days);
  return {
    bad: total,
    days,
    othersLeft: all.left - part.left,
    bestRatePct: halfEven(rate, 1),
    met: (ratePct) => halfEven(rate, Math.max(1, ratePct.decimalPlaces())).gte(ratePct),
    leftForOthers: (ratePct) => badDayBudget(ratePct, days) - total,
  };
}

/** Last year's days above 100 by ozone less the plan's cut, rounded down: 100 days less 10 % are 90. Source: domain document, section 4.2. */
export function ozoneDaysCap(lastYear: number, cutPct: Decimal): number {
  return new Decimal(100).minus(cutPct).times(lastYear).div(100).floor().toNumber();
}
