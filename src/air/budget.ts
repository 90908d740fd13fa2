import { Decimal } from "decimal.js";
import { isRefusal } from "../chat/refusal.ts";
import { controlOfMonths, monthControls } from "../domain/air/control-values.ts";
import { type PeriodDataState, togetherDataState } from "../domain/air/data-state.ts";
import type { AirDay } from "../domain/air/day.ts";
import {
  type Allowance,
  type BudgetLevel,
  bindingAllowance,
  budgetPeriods,
} from "../domain/air/nested-budget.ts";
import { RULE_SETS, rulePeriods } from "../domain/air/rules.ts";
import { monthMeans, type SeasonMeans, seasonOf } from "../domain/air/season.ts";
import { type PeriodStatistics, periodStatistics } from "../domain/air/statistics.ts";
import { ozoneDaysCap } from "../domain/air/what-if.ts";
import type { Period } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import { targetSpan } from "../domain/plan/target-span.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import { type AirTargetConflict, airTargetConflicts } from "./conflicting-targets.ts";
import { asOf, presentAirOf, ruledParts } from "./period-air.ts";
import { type Aim, enteredAims, standing, type TargetStanding, yearsBefore } from "./targets.ts";

/** A month, a quarter or the year of a region, as far as it has come, with what it still allows by each target. */
export type LevelBudget = {
  level: BudgetLevel;
  period: Period;
  now: PeriodStatistics;
  /** Days still to come, all taken as valid. */
  left: number;
  season: SeasonMeans;
  data: PeriodDataState | null;
  /** The targets that hold here. */
  aims: readonly LevelAim[];
  standings: readonly LevelStanding[];
  /** Targets without a control value here: last year's months don't suffice. */
  withoutControl: readonly Aim[];
};
/** `derived`: 测算控制值, or the year's rate held by a part of the year, where the office has entered no target of the part. */
type LevelAim = Aim & { derived: boolean };
export type LevelStanding = TargetStanding & Pick<LevelAim, "derived">;

/** What today is held to, and which level binds; null where there is nothing to be held to. `lost`: what can't be kept any more and binds nobody. */
export type HeldTo = {
  kind: Aim["kind"];
  mean: Allowance<Decimal> | null;
  badDays: Allowance<number> | null;
  lost: readonly { level: BudgetLevel; indicator: Aim["indicator"] }[];
};

type OzoneDays = { lastYear: number; cap: number; soFar: number; left: number };

export type RegionBudget = {
  region: Region;
  /** What it has targets of, for one of the levels at least. */
  aims: readonly Pick<Aim, "indicator" | "kind">[];
  levels: readonly LevelBudget[];
  heldTo: readonly HeldTo[];
  /** Entered targets of these levels that can't all be kept. */
  conflicts: readonly AirTargetConflict[];
  /** Days above 100 by ozone: last year's, what the plan's cut leaves of them, and this year's; null where there is no cap. */
  ozone: OzoneDays | null;
  data: PeriodDataState;
};

/**
 * 以日保月、以月保季、以季保年: what the days still to come of a month (and of its quarter and year) may have in a region, by each of
 * its targets: one that was entered for a month or a quarter goes before the one that is derived from the year's. `period` is a whole
 * month, quarter or year of the plan's year. A region without targets has levels without standings. A level in which the standards
 * change is left out: two halves are no figure of the whole.
 */
export async function budgetOf(
  store: Reader,
  office: Office,
  region: Region,
  period: Period,
  today: Temporal.PlainDate,
): Promise<RegionBudget> {
  const { year } = office.pack;
  const entered = await enteredAims(store, office, region);
  const spans = budgetPeriods(period) ?? [];
  const own = new Map(spans.map(({ level, period: { from } }) => [level, entered(targetSpan(level, from))]));
  const yearly = entered("year");
  const aims = distinct([...yearly, ...own.values()].flat());
  const before = await yearsBefore(store, region, year);
  const months = monthMeans(before[0] ?? [], year - 1);
  // Month and quarter are held to the same twelve.
  const known = new Map<string, ReturnType<typeof monthControls>>();
  const controlsOf = (value: string) => {
    const controls = known.get(value) ?? monthControls(new Decimal(value), year, months);
    known.set(value, controls);
    return controls;
  };
  const levels: LevelBudget[] = [];
  for (const { level, period: span } of spans) {
    if (rulePeriods(span.from.toString(), span.to.toString()).length > 1) continue;
    const { now, data } = await statisticsOf(store, region, span, today);
    const season = seasonOf(before, now, now.asOf);
    const held = aims.flatMap((aim) => {
      const set = own.get(level)?.find((one) => isSame(one, aim));
      if (set !== undefined) return [{ aim: set, at: { ...set, derived: false } }];
      const ofYear = yearly.find((one) => isSame(one, aim));
      return ofYear === undefined ? [] : [{ aim: ofYear, at: derivedAim(ofYear, span, controlsOf, year) }];
    });
    levels.push({
      ...{ level, period: span, now, season, data },
      left: now.complete ? 0 : Temporal.PlainDate.from(now.asOf).until(now.to).days,
      aims: held.flatMap(({ at }) => at ?? []),
      standings: held.flatMap(({ at }) => {
        const found = at && standing(at, now, season, office);
        return found ? [{ ...found, derived: at.derived }] : [];
      }),
      withoutControl: held.flatMap(({ aim, at }) => (at === null ? [aim] : [])),
    });
  }
  return {
    ...{ region, aims, levels },
    heldTo: (holds(levels[0], today) ? (["constraint", "stretch"] as const) : [])
      .filter((kind) => aims.some((aim) => aim.kind === kind))
      .map((kind) => heldTo(kind, levels)),
    conflicts: airTargetConflicts(entered, year).filter(({ whole }) =>
      spans.some(({ level, period: { from } }) => targetSpan(level, from) === whole),
    ),
    ozone: ozoneOf(office, region, levels, before[0] ?? []),
    data: togetherDataState(levels.flatMap(({ data }) => data ?? [])),
  };
}

/** A period's statistics as everywhere else; of one that hasn't begun, or of which nothing is known, those of no days. */
export async function statisticsOf(
  store: Reader,
  region: Region,
  period: Period,
  today: Temporal.PlainDate,
): Promise<{ now: PeriodStatistics; data: PeriodDataState | null }> {
  const parts = ruledParts(period, today);
  const air = isRefusal(parts) ? parts : await presentAirOf(store, region, parts[0], today);
  if (!isRefusal(air)) return { now: air.now, data: air.data };
  const [from, to] = [period.from.toString(), period.to.toString()];
  const [rules] = rulePeriods(from, to);
  const eve = period.from.subtract({ days: 1 });
  const end = asOf(period, today);
  const last = Temporal.PlainDate.compare(end, eve) < 0 ? eve : end;
  if (rules === undefined) throw new RangeError(`no rules for ${from}..${to}`);
  return { now: periodStatistics([], { from, to, asOf: last.toString() }, rules.ruleSet), data: null };
}

/** The year's target as a part of the year is held to it: a mean by last year's shape, a rate as it is. Null: there is no shape. */
function derivedAim(
  aim: Aim,
  { from, to }: Period,
  controlsOf: (value: string) => ReturnType<typeof monthControls>,
  year: number,
): LevelAim | null {
  if (aim.indicator === "attainment-rate") return { ...aim, derived: true };
  const controls = controlsOf(aim.value);
  if (controls === null) return null;
  return { ...aim, value: controlOfMonths(controls, year, from.month, to.month).toFixed(1), derived: true };
}

type OfAim = Pick<Aim, "indicator" | "kind">;
const isSame = (a: OfAim, b: OfAim) => a.indicator === b.indicator && a.kind === b.kind;
const distinct = (aims: readonly OfAim[]): OfAim[] =>
  aims.filter((aim, at) => aims.findIndex((one) => isSame(one, aim)) === at);

/** The city's cap on days above 100 by ozone, where the pack says which indicator cuts them. */
function ozoneOf(
  office: Office,
  region: Region,
  levels: readonly LevelBudget[],
  lastYear: readonly AirDay[],
): OzoneDays | null {
  const { pack } = office;
  const id = pack.settings.pace.ozoneDays;
  const now = levels.find(({ level }) => level === "year")?.now;
  if (id === undefined || now === undefined || region.kind !== "city" || lastYear.length === 0) return null;
  const [from, to] = [`${pack.year - 1}-01-01`, `${pack.year - 1}-12-31`];
  const then = periodStatistics(lastYear, { from, to, asOf: to }, RULE_SETS[now.ruleSet]);
  if (!then.pollutants.O3_8h.sufficient) return null;
  const soFar = now.exceedance.O3_8h;
  const cap = ozoneDaysCap(then.exceedance.O3_8h, new Decimal(office.indicator(id).value));
  return { lastYear: then.exceedance.O3_8h, cap, soFar, left: cap - soFar };
}

/** Of a month that is over, or to come, nothing follows for today. */
const holds = (nearest: LevelBudget | undefined, today: Temporal.PlainDate): boolean =>
  nearest !== undefined &&
  Temporal.PlainDate.compare(nearest.period.from, today) <= 0 &&
  Temporal.PlainDate.compare(today, nearest.period.to) <= 0;

function heldTo(kind: Aim["kind"], levels: readonly LevelBudget[]): HeldTo {
  const running = levels.flatMap(({ level, standings, left }) =>
    left === 0 ? [] : standings.filter((s) => s.kind === kind).map((s) => ({ level, ...s })),
  );
  const open = running.filter(({ state }) => state !== "unreachable");
  const means = open.flatMap(({ level, remainingAllowableMean }) =>
    remainingAllowableMean == null ? [] : [{ level, allowed: new Decimal(remainingAllowableMean) }],
  );
  const days = open.flatMap(({ level, badDaysLeft }) =>
    badDaysLeft === undefined ? [] : [{ level, allowed: badDaysLeft }],
  );
  return {
    kind,
    mean: bindingAllowance(means),
    badDays: bindingAllowance(days),
    lost: running
      .filter(({ state }) => state === "unreachable")
      .map(({ level, indicator }) => ({ level, indicator })),
  };
}
