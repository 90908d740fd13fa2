import { Decimal } from "decimal.js";
import { halfEven, halfEvenRatio } from "../rounding.ts";

/**
 * Remaining allowable mean: what the days still to come may average if the period is to end at `target`, µg/m³.
 * `sum` is the exact sum of the `valid` days so far; the `left` days still to come are taken as valid, and days that were
 * missed are not booked at 0. Rounded down to 0.1, so that keeping to the printed figure keeps the target.
 * @returns null when no day is left. A figure at or below zero means that the target is lost.
 * Source: our own rule for 以日保月 (domain document, section 4.1).
 */
export function remainingAllowableMean(
  target: Decimal,
  sum: Decimal,
  valid: number,
  left: number,
): Decimal | null {
  requireDays(valid, left);
  if (left === 0) return null;
  return target
    .times(valid + left)
    .minus(sum)
    .div(left)
    .toDecimalPlaces(1, Decimal.ROUND_FLOOR);
}

/**
 * Bad-day budget: how many of `expectedValidDays` may have an AQI above 100 if the attainment rate is to reach `ratePct`
 * (80.8 is 80.8 %). Rounded down from exact decimals: 80 % of 365 leaves 73. Recompute it daily, never keep it: a missing
 * day makes it smaller. Source: domain document, section 4.2.
 */
export function badDayBudget(ratePct: Decimal, expectedValidDays: number): number {
  requireDays(expectedValidDays, 0);
  return new Decimal(100).minus(ratePct).times(expectedValidDays).div(100).floor().toNumber();
}

/** A mean as its exact sum and the number of its days, not yet divided. */
export type ExactMean = { readonly sum: number; readonly days: number };

/**
 * Control value of part of a year: the year's target in last year's shape, T · C(same dates)/C(year), one decimal, half to
 * even of the exact value: the sums are multiplied first and divided once. Label it “测算控制值”; a flat target would be
 * misleading, as winter means are twice summer's.
 * @returns null when last year's mean is 0 or there is none of the same dates. Source: our own rule (domain document, section 4.1).
 */
export function controlValue(target: Decimal, same: ExactMean, year: ExactMean): Decimal | null {
  if (year.sum === 0 || same.days === 0) return null;
  const decimals = target.decimalPlaces();
  const whole = target.times(Decimal.pow(10, decimals)).toNumber();
  const exact = [whole * same.sum * year.days, same.days * year.sum * 10 ** decimals] as const;
  return new Decimal(halfEvenRatio(...exact, 1));
}

/** met and unreachable are final or arithmetical; on-pace and behind say how a running period stands. */
export type PaceState = "met" | "on-pace" | "behind" | "unreachable";
export type Light = "绿" | "黄" | "红";

/** The office's thresholds (all ours, none a standard's): see settings.yaml of a plan pack. */
export type PaceSettings = {
  /** How many percent the mean to date may lie above its control value and still be yellow. */
  readonly yellowMeanPct: number;
  /** How many bad days may be used beyond the share of the period and still be yellow. */
  readonly yellowBadDays: number;
  /** Red when the rest must stay below this percentage of last year's mean over the same remaining dates. */
  readonly redRestBelowPct: number;
};

export type MeanPaceInput = {
  /** The period's target, µg/m³, with the decimals in which it was set. */
  readonly target: Decimal;
  /** Exact sum of the valid days so far. */
  readonly sum: Decimal;
  readonly valid: number;
  /** Days still to come, taken as valid. */
  readonly left: number;
  /** The mean to date as printed; null before the first valid day. */
  readonly ytdMean: Decimal | null;
  /** The mean allowed for these same dates (`controlValue`); absent without last year's data: judged against the target itself. */
  readonly controlValue?: Decimal | null;
  /** Last year's mean over the remaining dates. */
  readonly lastYearSameRest?: Decimal | null;
  /** Lowest and highest mean over the remaining dates in the last three years; they only add a note. */
  readonly bestSameRest?: Decimal | null;
  readonly worstSameRest?: Decimal | null;
};

export type MeanPace = {
  readonly state: PaceState;
  readonly light: Light;
  /** As printed, rounded down to 0.1; null when no day is left. */
  readonly remainingAllowableMean: Decimal | null;
  readonly remainingDays: number;
  readonly note?: string;
};

/**
 * How a mean target stands. With days left: the unrounded target against what the rest may average, and the mean to date
 * against its control value (绿 within it, 黄 up to `yellowMeanPct` above, 红 beyond, or when the rest would have to be
 * far cleaner than last year's). With none left: the final mean rounded to the target's decimals, then compared (修约值比较法).
 * @returns null when there is no valid day and none to come: nothing can be judged.
 * Source: GB/T 8170 cl. 4.3 (to be confirmed) for the final; our own rule for the rest (domain document, section 4).
 */
export function meanPace(input: MeanPaceInput, settings: PaceSettings): MeanPace | null {
  const { target, sum, valid, left, ytdMean } = input;
  const allowed = remainingAllowableMean(target, sum, valid, left);
  const stand = (state: PaceState, light: Light, note?: string): MeanPace => ({
    state,
    light,
    remainingAllowableMean: allowed,
    remainingDays: left,
    ...(note === undefined ? {} : { note }),
  });
  if (allowed === null) {
    if (valid === 0) return null;
    const final = halfEven(sum.div(valid), target.decimalPlaces());
    return final.lte(target) ? stand("met", "绿") : stand("unreachable", "红", "期末均值超过目标");
  }
  if (allowed.lte(0)) return stand("unreachable", "红", "剩余天数已不可能完成");
  if (ytdMean === null) return stand("on-pace", "绿", "尚无有效天");

  const note = difficulty(input, allowed);
  const control = input.controlValue ?? target;
  const cleanerThanLastYear =
    input.lastYearSameRest != null &&
    allowed.lt(input.lastYearSameRest.times(settings.redRestBelowPct).div(100));
  if (cleanerThanLastYear || ytdMean.gt(control.times(100 + settings.yellowMeanPct).div(100))) {
    return stand("behind", "红", note);
  }
  return ytdMean.gt(control) ? stand("behind", "黄", note) : stand("on-pace", "绿", note);
}

function difficulty(
  { target, sum, valid, left, ...input }: MeanPaceInput,
  allowed: Decimal,
): string | undefined {
  if (input.bestSameRest != null && allowed.lt(input.bestSameRest)) return "极难：低于近三年同期最好水平";
  const safe =
    input.worstSameRest != null && sum.plus(input.worstSameRest.times(left)).lte(target.times(valid + left));
  return safe ? "有余量" : undefined;
}

export type BadDayPaceInput = {
  /** Target of the attainment rate in percent, such as 80.8. */
  readonly ratePct: Decimal;
  /** Days so far with an AQI above 100, among the `valid` ones. */
  readonly badDays: number;
  readonly valid: number;
  /** Days still to come, taken as valid. */
  readonly left: number;
};

export type BadDayPace = {
  readonly state: PaceState;
  readonly light: Light;
  /** Bad days of the whole period. */
  readonly budget: number;
  /** What is left of the budget; below zero, by how many days it is overdrawn. */
  readonly badDaysLeft: number;
  readonly remainingDays: number;
  readonly note?: string;
};

/**
 * How an attainment target stands. With days left: bad days against the budget's share of the valid days so far
 * (绿 within it, 黄 up to `yellowBadDays` beyond, 红 further), lost once the budget is overdrawn. With none left: the
 * rate rounded to the target's decimals, but never to fewer than the one it is published with, then compared.
 * @returns null when there is no valid day and none to come. Source: as for {@link meanPace}.
 */
export function badDayPace(
  { ratePct, badDays, valid, left }: BadDayPaceInput,
  settings: PaceSettings,
): BadDayPace | null {
  if (badDays > valid) throw new RangeError(`${badDays} bad days among ${valid}`);
  const expected = valid + left;
  const budget = badDayBudget(ratePct, expected);
  const stand = (state: PaceState, light: Light, note?: string): BadDayPace => ({
    state,
    light,
    budget,
    badDaysLeft: budget - badDays,
    remainingDays: left,
    ...(note === undefined ? {} : { note }),
  });
  if (expected === 0) return null;
  if (left === 0) {
    const rate = new Decimal(valid - badDays).times(100).div(valid);
    const met = halfEven(rate, Math.max(1, ratePct.decimalPlaces())).gte(ratePct);
    return met ? stand("met", "绿") : stand("unreachable", "红", "期末优良天数比率低于目标");
  }
  if (badDays > budget) return stand("unreachable", "红", `超标天数已突破${badDays - budget}天`);
  // Days beyond the share, times `expected`: whole numbers on both sides.
  const beyond = badDays * expected - budget * valid;
  if (beyond <= 0) return stand("on-pace", "绿");
  return stand("behind", beyond <= settings.yellowBadDays * expected ? "黄" : "红");
}

function requireDays(valid: number, left: number): void {
  if (!Number.isInteger(valid) || !Number.isInteger(left) || valid < 0 || left < 0) {
    throw new RangeError(`not counts of days: ${valid} valid, ${left} left`);
  }
}
