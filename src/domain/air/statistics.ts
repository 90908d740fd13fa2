import { halfEvenRatio } from "../rounding.ts";
import { dayNumber } from "./calendar-days.ts";
import { compositeIndex, NO_COMPOSITE } from "./composite.ts";
import type { AirDay, IsoDate, Pollutant, Unit } from "./day.ts";
import { POLLUTANTS, pollutantLabel, stepsPerUnit, unitOfItem } from "./day.ts";
import type { LevelName } from "./levels.ts";
import { LEVELS } from "./levels.ts";
import { publishedPercentile } from "./percentile.ts";
import type { ItemTally } from "./period-tally.ts";
import { tallyPeriod } from "./period-tally.ts";
import { hasComposite, type RuleSet, type RuleSetId } from "./rules.ts";
import { requirementsOf, shortfall } from "./sufficiency.ts";

/** A period, both dates inclusive. `asOf` is the last day counted: the earlier of `to` and yesterday; before `from` when none is. */
export type StatisticsPeriod = { readonly from: IsoDate; readonly to: IsoDate; readonly asOf: IsoDate };

export type PollutantStatistics = {
  readonly stat: "mean" | "p95" | "p90";
  readonly validDays: number;
  /** Exact sum of the valid days, in the integers of `Concentrations` (CO in tenths of mg/m³). */
  readonly sum: number;
  /** 公布值, half to even: µg/m³ without decimals, CO in mg/m³ with one. Null without a valid day, or when the period is insufficient. */
  readonly value: number | null;
  /** 参考值: the figure that an insufficient period does not publish. */
  readonly reference: number | null;
  /** 一位小数: a mean with one decimal, as city bulletins print PM2.5; null for percentiles and whenever `value` is. */
  readonly oneDecimal: number | null;
  readonly unit: Unit;
  readonly sufficient: boolean;
};

export type PeriodStatistics = {
  readonly ruleSet: RuleSetId;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly asOf: IsoDate;
  /** Every day of the period has been counted; otherwise the period is still running. */
  readonly complete: boolean;
  /** `calendar` counts `from`..`asOf`; valid + missing = calendar; good + bad = valid; `heavy` are the bad days above 200. */
  readonly days: {
    readonly calendar: number;
    readonly valid: number;
    readonly good: number;
    readonly bad: number;
    readonly missing: number;
    readonly heavy: number;
  };
  /**
   * 优良天数比率: good of **valid** days in percent, one decimal. Null without a valid day, or when the period is insufficient:
   * by one of its items, or by the days that are valid in all of them.
   */
  readonly attainmentRatePct: number | null;
  /** 参考值: the rate that an insufficient period does not publish. */
  readonly attainmentReferencePct: number | null;
  readonly levels: Readonly<Record<LevelName, number>>;
  /** Days on which each item was primary; a day may have several. */
  readonly primary: Readonly<Record<Pollutant, number>>;
  /** Days on which each item's sub-index was above 100, whether the day is valid or not. */
  readonly exceedance: Readonly<Record<Pollutant, number>>;
  readonly pollutants: Readonly<Record<Pollutant, PollutantStatistics>>;
  readonly composite: number | null;
  readonly singleIndices: Readonly<Record<Pollutant, number | null>>;
  readonly mainPollutant: Pollutant | null;
  /** All six items have the valid days that the period needs, or the period is still running. */
  readonly sufficient: boolean;
  /** Why not, in Chinese: 有效天数不足（24/27天）. */
  readonly insufficient: string | null;
};

/**
 * The statistics of one place over a period, from its rounded days, in any order; absent days are missing days.
 * A complete period with too few valid days publishes no figure, only a reference; a running one is never judged, and its
 * caller labels it “截至X月X日，有效N天”. Day counts are given in either case.
 * A day with a missing item is left out, unless a valid one already exceeds (`knownExceedanceCounts`, default true): it
 * then counts as bad, in the class that is known.
 * Throws on a day outside `from`..`asOf`, on a date given twice, on a negative or fractional value.
 * Source: HJ 663-2013 and GB 3095-2012 table 4 (to be confirmed against the original); domain document, section 2.
 */
export function periodStatistics(
  days: readonly AirDay[],
  period: StatisticsPeriod,
  ruleSet: RuleSet,
  options: { readonly knownExceedanceCounts?: boolean } = {},
): PeriodStatistics {
  const { from, to } = period;
  if (from > to) throw new RangeError(`the period ends before it begins: ${from}..${to}`);
  const complete = period.asOf >= to;
  const asOf = complete ? to : period.asOf;
  const calendar = Math.max(0, dayNumber(asOf) - dayNumber(from) + 1);
  const requirements = requirementsOf(from, to);
  const knownExceedanceCounts = options.knownExceedanceCounts !== false;
  const span = { from, calendar };
  const tally = tallyPeriod(days, span, ruleSet, requirements.spans, knownExceedanceCounts);

  const reasons = byPollutant((p) => (complete ? shortfall(requirements, tally.items[p].bySpan) : null));
  const pollutants = byPollutant((p) => pollutantStatistics(p, tally.items[p], reasons[p] === null));
  const published = byPollutant((p) => asInteger(p, pollutants[p].value));

  const sufficient = POLLUTANTS.every((p) => reasons[p] === null);
  const rateReason = complete ? shortfall(requirements, tally.bySpan) : null;
  const good = count(tally.levels, 0) + count(tally.levels, 1);
  const rate = tally.valid === 0 ? null : halfEvenRatio(good * 100, tally.valid, 1);
  const publishesRate = sufficient && rateReason === null;
  return {
    ruleSet: ruleSet.id,
    from,
    to,
    asOf,
    complete,
    days: {
      calendar,
      valid: tally.valid,
      good,
      bad: tally.valid - good,
      missing: calendar - tally.valid,
      heavy: count(tally.levels, 4) + count(tally.levels, 5),
    },
    attainmentRatePct: publishesRate ? rate : null,
    attainmentReferencePct: publishesRate ? null : rate,
    levels: Object.fromEntries(LEVELS.map((level, i) => [level.name, count(tally.levels, i)])) as Record<
      LevelName,
      number
    >,
    primary: byPollutant((p) => tally.items[p].primary),
    exceedance: byPollutant((p) => tally.items[p].exceedance),
    pollutants,
    ...(hasComposite(ruleSet, asOf) ? compositeIndex(ruleSet, published) : NO_COMPOSITE),
    sufficient,
    insufficient: whyInsufficient(reasons) ?? (rateReason === null ? null : `优良天数比率：${rateReason}`),
  };
}

/** What each item is published as: HJ 663-2013 table 1 and 环办监测〔2018〕19号 (to be confirmed against the originals). */
const PUBLISHED_AS: Readonly<Record<Pollutant, PollutantStatistics["stat"]>> = {
  "PM2.5": "mean",
  PM10: "mean",
  O3_8h: "p90",
  NO2: "mean",
  SO2: "mean",
  CO: "p95",
};

function pollutantStatistics(
  pollutant: Pollutant,
  item: ItemTally,
  sufficient: boolean,
): PollutantStatistics {
  const { validDays, sum } = item;
  const stat = PUBLISHED_AS[pollutant];
  const figure = validDays === 0 ? null : publishedFigure(pollutant, item, stat);
  return {
    stat,
    validDays,
    sum,
    value: sufficient ? figure : null,
    reference: sufficient ? null : figure,
    oneDecimal: figure !== null && sufficient && stat === "mean" ? halfEvenRatio(sum, validDays, 1) : null,
    unit: unitOfItem(pollutant),
    sufficient,
  };
}

function publishedFigure(pollutant: Pollutant, item: ItemTally, stat: PollutantStatistics["stat"]): number {
  if (stat === "mean") return halfEvenRatio(item.sum, item.validDays, 0);
  return publishedPercentile(
    pollutant,
    item.values.subarray(0, item.validDays).sort(),
    stat === "p95" ? 95 : 90,
  );
}

/** One reason when all items share it, otherwise each with its items: CO：有效天数不足（20/27天）. */
function whyInsufficient(reasons: Readonly<Record<Pollutant, string | null>>): string | null {
  const items = new Map<string, string[]>();
  for (const p of POLLUTANTS) {
    const reason = reasons[p];
    if (reason !== null) items.set(reason, [...(items.get(reason) ?? []), pollutantLabel(p)]);
  }
  if (items.size === 0) return null;
  return [...items]
    .map(([reason, labels]) =>
      labels.length === POLLUTANTS.length ? reason : `${labels.join("、")}：${reason}`,
    )
    .join("；");
}

function byPollutant<V>(value: (pollutant: Pollutant) => V): Record<Pollutant, V> {
  const record = {} as Record<Pollutant, V>;
  for (const p of POLLUTANTS) record[p] = value(p);
  return record;
}

/** Back to the integers of `Concentrations`; a published figure has no more decimals than they hold. */
function asInteger(pollutant: Pollutant, value: number | null): number | null {
  return value === null ? null : Math.round(value * stepsPerUnit(pollutant));
}

function count(counts: Int32Array, at: number): number {
  return counts[at] as number;
}
