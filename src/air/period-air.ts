import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { longDate } from "../chat/wording.ts";
import { changePct, changePoints, samePeriodLastYear } from "../domain/air/change.ts";
import { type PeriodDataState, periodDataState } from "../domain/air/data-state.ts";
import { type AirDay, POLLUTANTS, type Pollutant } from "../domain/air/day.ts";
import { type Ranking, rankBy } from "../domain/air/ranking.ts";
import {
  RULE_SETS,
  type RulePeriod,
  type RuleSet,
  type RuleSetId,
  rulePeriods,
} from "../domain/air/rules.ts";
import { type PeriodStatistics, periodStatistics } from "../domain/air/statistics.ts";
import { type Requirement, requirementsOf, shortfall } from "../domain/air/sufficiency.ts";
import type { RegionId } from "../domain/ids.ts";
import { dayBefore, isBefore, type Period, periodOf } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import { halfEvenRatio } from "../domain/rounding.ts";
import { type Place, tieOrder } from "../office/office.ts";
import type { Pm25Sum } from "../store/air.ts";
import type { Reader } from "../store/store.ts";
import { dataStateFacts } from "./data-state-words.ts";

/** A region's air over a period, beside the same dates of the year before. */
export type Air = {
  region: Region;
  period: Period;
  now: PeriodStatistics;
  /** By the same rules, whichever held then. Null when the year before has no data at all. */
  then: PeriodStatistics | null;
  days: readonly AirDay[];
  ruleSet: RuleSet;
  /** Whether the period's own days are audited. */
  data: PeriodDataState;
};

/** A region's air over a period by itself. */
export type PresentAir = Omit<Air, "then">;

/** Last day that figures may rest on: yesterday, or the period's end. Today's mean is known only at midnight. */
export function asOf(period: Period, today: Temporal.PlainDate): Temporal.PlainDate {
  return isBefore(period.to, today) ? period.to : dayBefore(today);
}

/** The region that a name meant over a period, or why there is none (a merged region is named with its heir). */
export function regionFor(place: Place, period: Period, today: Temporal.PlainDate): Region | Refusal {
  const date = asOf(period, today).toString();
  const existing = place.regions.filter(
    (r) => r.kind !== "city" && (r.from ?? "") <= date && date <= (r.to ?? "9999"),
  );
  const own = existing.find((r) => r.short === place.short);
  if (own !== undefined) return own;
  const heir = existing[0];
  const merged = place.regions.find((r) => r.short === place.short);
  if (heir === undefined) return refuse("no-data", `${place.short}在${period.label}没有数据。`);
  const when = Temporal.PlainDate.from(heir.from ?? date);
  const until =
    merged?.to === undefined
      ? ""
      : `查看并入前的数据请写明时段，例如“${place.short} ${when.subtract({ months: 1 }).toPlainYearMonth()}”。`;
  return refuse(
    "no-data",
    `${merged?.name ?? place.short}已并入${heir.name}（${when.year}年${when.month}月）。${until}`,
    [heir.short],
  );
}

/** A period, or a part of one, whose days are all judged by the rules that come with it. */
export type Ruled = { period: Period; ruleSet: RuleSet };

/**
 * A period in its parts by the rules of their days, the present one first; one part where the caller names the rules.
 * Refuses a period that has not begun, and one that begins before there were rules.
 */
export function ruledParts(
  period: Period,
  today: Temporal.PlainDate,
  rules?: RuleSetId,
): readonly [Ruled, ...Ruled[]] | Refusal {
  const end = asOf(period, today);
  if (isBefore(end, period.from)) return notYet(period, today);
  if (rules !== undefined) return [{ period, ruleSet: RULE_SETS[rules] }];
  const [last, ...earlier] = rulePeriods(period.from.toString(), end.toString()).toReversed();
  const since = RULE_SETS["cn-2012"].from;
  if (last === undefined || period.from.toString() < since)
    return refuse(
      "bad-period",
      `${longDate(Temporal.PlainDate.from(since))}以前没有可用的评价标准，请改用其后的时段。`,
    );
  const part = ({ from, to, ruleSet }: RulePeriod): Ruled => ({
    period: periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)),
    ruleSet,
  });
  // The present part ends where the period does: it runs as long as that.
  const present = earlier.length === 0 ? period : periodOf(Temporal.PlainDate.from(last.from), period.to);
  return [{ period: present, ruleSet: last.ruleSet }, ...earlier.map(part)];
}

/** A region's air over a period of one rule set, beside the year before. Refuses a period that has not begun or has no data. */
export async function airOf(
  store: Reader,
  region: Region,
  ruled: Ruled,
  today: Temporal.PlainDate,
): Promise<Air | Refusal> {
  const air = await presentAirOf(store, region, ruled, today);
  if (isRefusal(air)) return air;
  const before = samePeriodLastYear(air.now.from, air.now.asOf);
  const days = await store.air.days(region.id, before.from, before.to);
  const then =
    days.length === 0 ? null : periodStatistics(days, { ...before, asOf: before.to }, ruled.ruleSet);
  return { ...air, then };
}

/** The same for whoever compares it with nothing, at half the cost. */
export async function presentAirOf(
  store: Reader,
  region: Region,
  { period, ruleSet }: Ruled,
  today: Temporal.PlainDate,
): Promise<PresentAir | Refusal> {
  const end = asOf(period, today);
  if (isBefore(end, period.from)) return notYet(period, today);
  const [from, to] = [period.from.toString(), end.toString()];
  const days = await store.air.days(region.id, from, to);
  if (days.length === 0)
    return refuse("no-data", `${region.short}在${period.label}没有监测数据。可由市办导入日均值。`);
  const data = periodDataState(days, await store.air.unaudited(region.id, from, to));
  const now = periodStatistics(days, { from, to: period.to.toString(), asOf: to }, ruleSet);
  return { region, period, now, days, ruleSet, data };
}

/** A region's air part by part, the present one first; parts without data are left out, all of them refuse. */
export async function airsOf(
  store: Reader,
  region: Region,
  parts: readonly [Ruled, ...Ruled[]],
  today: Temporal.PlainDate,
): Promise<readonly [Air, ...Air[]] | Refusal> {
  const airs: Air[] = [];
  let refusal: Refusal | null = null;
  for (const part of parts) {
    const air = await airOf(store, region, part, today);
    if (isRefusal(air)) refusal ??= air;
    else airs.push(air);
  }
  const [first, ...others] = airs;
  return first === undefined ? (refusal as Refusal) : [first, ...others];
}

export function notYet(period: Period, today: Temporal.PlainDate): Refusal {
  const isNow = period.from.equals(today);
  return refuse(
    "bad-period",
    `${period.label}还没有可统计的完整一天（今天是${longDate(today)}）。请改用较早的时段，例如“昨天”“上月”“今年”${isNow ? "；看今天的小时数据请发送“实况”" : ""}。`,
    isNow ? ["实况"] : [],
  );
}

/** Change against the same dates a year before, by figure: percent, for the rate percentage points. Null: can't be compared. */
export function yearOnYear({ now, then }: Pick<Air, "now" | "then">) {
  const pollutants = Object.fromEntries(
    POLLUTANTS.map((p) => [p, changePct(now.pollutants[p].value, then?.pollutants[p].value ?? null)]),
  ) as Record<Pollutant, number | null>;
  return {
    ...pollutants,
    attainmentRatePoints: changePoints(now.attainmentRatePct, then?.attainmentRatePct ?? null),
    composite: changePct(now.composite, then?.composite ?? null),
  };
}

/** The year before was judged by other rules then, and is computed anew by those of the period. */
export const recomputed = ({ then, ruleSet }: Air): boolean =>
  then !== null && (then.from < ruleSet.from || then.to > ruleSet.to);

/** The facts of `county` and `city` that concern air, as the interfaces document has them. */
export function airFacts(air: Air) {
  const { now, period } = air;
  const { calendar, valid, good, missing } = now.days;
  return {
    period: { from: now.from, to: now.to, label: period.label, complete: now.complete, asOf: now.asOf },
    days: { calendar, valid, good, missing },
    attainmentRatePct: now.attainmentRatePct,
    ...(now.attainmentReferencePct === null ? {} : { attainmentReferencePct: now.attainmentReferencePct }),
    levels: now.levels,
    primary: now.primary,
    pollutants: Object.fromEntries(
      POLLUTANTS.map((p) => {
        const { value, reference, oneDecimal, unit, stat, validDays } = now.pollutants[p];
        const also = {
          ...(reference === null ? {} : { reference }),
          // As bulletins print PM2.5: 31.2 beside 31.
          ...(p === "PM2.5" && oneDecimal !== null ? { oneDecimal } : {}),
        };
        return [p, { value, ...also, unit, stat, validDays }];
      }),
    ),
    composite: now.composite,
    sufficient: now.sufficient,
    yearOnYear: yearOnYear(air),
    ruleSet: now.ruleSet,
    ...dataStateFacts(air.data),
    ...(recomputed(air) ? { yearOnYearRuleSet: now.ruleSet } : {}),
  };
}

/** The facts of a period: of two rule sets part by part, the present one first, and none of the whole. */
export function partedFacts(airs: readonly Air[], isParted: boolean) {
  const [only] = airs;
  if (!isParted && only !== undefined) return airFacts(only);
  return { parts: airs.map((air) => ({ from: air.now.from, to: air.now.asOf, ...airFacts(air) })) };
}

/**
 * The counties' PM2.5 means over a period, ranked; figures as published, complete periods with their validity judged.
 * `airs`: what the caller has read of them already.
 */
export async function pm25Ranking(
  store: Reader,
  regions: readonly Region[],
  period: Period,
  today: Temporal.PlainDate,
  airs: Iterable<PresentAir> = [],
): Promise<Ranking<Region>> {
  const figures = await pm25Figures(store, regions, period, today, airs);
  const rows = regions.map((key, i) => {
    const { value = null, reason = null } = figures[i] ?? {};
    return { key, value, order: tieOrder(key), ...(reason === null ? {} : { reason }) };
  });
  return rankBy(rows, "ascending");
}

/** A place's PM2.5 mean over a period as published; null with the reason where it has none. `valid` days of it so far. */
export type Pm25Figure = { value: number | null; valid: number; reason: string | null };

/** The PM2.5 means of counties, or of towns, over a period, in their order; of a complete period the validity is judged. */
export async function pm25Figures(
  store: Reader,
  places: readonly { id: RegionId }[],
  period: Period,
  today: Temporal.PlainDate,
  airs: Iterable<PresentAir> = [],
): Promise<Pm25Figure[]> {
  const end = asOf(period, today);
  const [from, to] = [period.from.toString(), end.toString()];
  const requirements = isBefore(end, period.to) ? null : requirementsOf(from, period.to.toString());
  const sums = new Map<RegionId, Pm25Sum>();
  for (const { region, now } of airs) {
    const { sum, validDays: valid } = now.pollutants["PM2.5"];
    if (now.from === from && now.asOf === to) sums.set(region.id, { sum, valid });
  }
  const others = places.map(({ id }) => id).filter((id) => !sums.has(id));
  for (const [i, sum] of (await store.air.pm25Sums(others, from, to)).entries())
    sums.set(others[i] as RegionId, sum);
  const figures: Pm25Figure[] = [];
  for (const { id } of places) {
    const { sum, valid } = sums.get(id) ?? { sum: 0, valid: 0 };
    const short =
      requirements &&
      shortfall(requirements, await validBySpan(store, id, from, to, requirements.spans, valid));
    const value = valid === 0 || short !== null ? null : halfEvenRatio(sum, valid, 0);
    figures.push({ value, valid, reason: valid === 0 ? "无监测数据" : short });
  }
  return figures;
}

/** Valid PM2.5 days of each span: the whole period, or month by month as the spans of a longer one are. */
async function validBySpan(
  store: Reader,
  id: RegionId,
  from: string,
  to: string,
  spans: readonly Requirement[],
  valid: number,
): Promise<number[]> {
  if (spans.length === 1) return [valid];
  const byMonth = await store.air.validByMonth(id, from, to);
  const first = Temporal.PlainYearMonth.from(from.slice(0, 7));
  return spans.map((_, i) => byMonth.get(first.add({ months: i }).toString()) ?? 0);
}
