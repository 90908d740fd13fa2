import { Decimal } from "decimal.js";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { dayAqi } from "../domain/air/aqi.ts";
import { monthControls } from "../domain/air/control-values.ts";
import { type PeriodDataState, togetherDataState } from "../domain/air/data-state.ts";
import type { AirDay, IsoDate, Pollutant } from "../domain/air/day.ts";
import type { LevelName } from "../domain/air/levels.ts";
import { BUDGET_LEVELS } from "../domain/air/nested-budget.ts";
import type { RuleSetId } from "../domain/air/rules.ts";
import { monthMeans } from "../domain/air/season.ts";
import { whoExplains } from "../domain/air/who-explains.ts";
import { monthOfDay, yearOfDay } from "../domain/months.ts";
import { type Period, periodOf } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import { type TargetSpan, targetSpan } from "../domain/plan/target-span.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import { budgetOf } from "./budget.ts";
import { type BudgetFacts, budgetFacts } from "./budget-facts.ts";
import { dataStateFacts } from "./data-state-words.ts";
import { type PresentAir, presentAirOf, type Ruled, ruledParts } from "./period-air.ts";
import { daysOfYear, enteredAims } from "./targets.ts";

/** One place on one day; without a class nothing could be judged, without figures there was nothing at all. */
export type PlaceDay = {
  county: string;
  aqi: number | null;
  level: LevelName | null;
  primaryPollutants: readonly Pollutant[];
  pm25: number | null;
  o3_8h: number | null;
  /** An item is missing: the day is at least so bad. */
  atLeast?: true;
};
export type SheetDay = {
  date: IsoDate;
  ruleSet: RuleSetId;
  city: PlaceDay;
  rows: readonly PlaceDay[];
  /** Who had no data, or too few to be judged by. */
  missing: readonly string[];
  explain: readonly { county: string; reasons: readonly ("bad-day" | "worst-against-control")[] }[];
};

/** A place's month and year to the sheet's last day, as its card has them. */
type ToDate = {
  pm25UgM3: number | null;
  attainmentRatePct: number | null;
  badDays: number;
  validDays: number;
};
export type SheetToDate = { county: string; month: ToDate | null; year: ToDate | null };

/** All that a daily sheet prints. Everything follows from its days, whenever it is asked for. */
export type DailySheet = {
  from: IsoDate;
  to: IsoDate;
  days: readonly SheetDay[];
  month: string;
  year: string;
  /** Since when the year's figures are: of a year in which the standards have changed, its part by the present ones. */
  yearFrom: IsoDate;
  toDate: readonly SheetToDate[];
  /** What remains for day, month, quarter and year from the day after: of the city, and of counties that have targets. */
  budgets: readonly BudgetFacts[];
} & ReturnType<typeof dataStateFacts>;

/** The sheet of one day, or of the days off together with the working day before them. Refuses days without any data. */
export async function dailySheet(
  store: Reader,
  office: Office,
  { from, to }: Pick<Period, "from" | "to">,
): Promise<DailySheet | Refusal> {
  const on = to.add({ days: 1 });
  const regions = office.regionsOf({ to }, on);
  const places = [office.city, ...regions];
  const controls = new Map<Region, Awaited<ReturnType<typeof controlsOf>>>();
  for (const region of regions) controls.set(region, await controlsOf(store, office, region));
  const states: PeriodDataState[] = [];
  const days: SheetDay[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) {
    const found = await dayOf(store, office, day, controls, states);
    if (isRefusal(found)) return found;
    days.push(found);
  }
  if (states.length === 0)
    return refuse(
      "no-data",
      `各县（市、区）在${periodOf(from, to).label}没有监测数据。可由市办导入日均值。`,
      ["日报 昨天"],
    );
  const [month, year] = [monthOfDay(to), yearOfDay(to)];
  const toDate: SheetToDate[] = [];
  for (const region of places)
    toDate.push({
      county: region.short,
      month: await toDateOf(store, region, month, on),
      year: await toDateOf(store, region, year, on),
    });
  const parts = ruledParts(year, on);
  return {
    ...{ from: from.toString(), to: to.toString(), days, month: month.label, year: year.label, toDate },
    yearFrom: (isRefusal(parts) ? year : parts[0].period).from.toString(),
    budgets: await budgetsOf(store, office, places, on),
    ...dataStateFacts(togetherDataState(states)),
  };
}

async function dayOf(
  store: Reader,
  office: Office,
  day: Temporal.PlainDate,
  controls: ReadonlyMap<Region, Awaited<ReturnType<typeof controlsOf>>>,
  states: PeriodDataState[],
): Promise<SheetDay | Refusal> {
  const next = day.add({ days: 1 });
  const parts = ruledParts(periodOf(day, day), next);
  if (isRefusal(parts)) return parts;
  const [ruled] = parts;
  const read = async (region: Region): Promise<{ row: PlaceDay; exceeds: boolean }> => {
    const air = await presentAirOf(store, region, ruled, next);
    if (isRefusal(air)) return { row: rowOf(region, null), exceeds: false };
    states.push(air.data);
    return { row: rowOf(region, air), exceeds: dayAqi(ruled.ruleSet, air.days[0] as AirDay).exceeds };
  };
  const regions = office.regionsOf({ to: day }, next);
  const found = await Promise.all(regions.map(read));
  const explaining = whoExplains(
    found.map(({ row, exceeds }, at) => ({
      key: row.county,
      exceeds,
      pm25: row.pm25,
      control: controls.get(regions[at] as Region)?.(day) ?? null,
    })),
    office.pack.settings.explain,
  );
  return {
    date: day.toString(),
    ruleSet: ruled.ruleSet.id,
    city: (await read(office.city)).row,
    rows: found.map(({ row }) => row),
    missing: found.filter(({ row }) => row.level === null).map(({ row }) => row.county),
    explain: explaining.map(({ key, reasons }) => ({ county: key, reasons })),
  };
}

function rowOf({ short }: Region, air: PresentAir | null): PlaceDay {
  const day = air?.days[0];
  if (air === null || day === undefined)
    return { county: short, aqi: null, level: null, primaryPollutants: [], pm25: null, o3_8h: null };
  const { aqi, level, primary, exceeds, complete } = dayAqi(air.ruleSet, day);
  return {
    ...{ county: short, aqi, level: level?.name ?? null, primaryPollutants: primary },
    ...{ pm25: day["PM2.5"], o3_8h: day.O3_8h },
    ...(exceeds && !complete ? { atLeast: true } : {}),
  };
}

async function toDateOf(
  store: Reader,
  region: Region,
  period: Period,
  on: Temporal.PlainDate,
): Promise<ToDate | null> {
  const parts = ruledParts(period, on);
  const air = isRefusal(parts) ? parts : await presentAirOf(store, region, parts[0] as Ruled, on);
  if (isRefusal(air)) return null;
  const { pollutants, attainmentRatePct, days } = air.now;
  return {
    pm25UgM3: pollutants["PM2.5"].value,
    attainmentRatePct,
    badDays: days.bad,
    validDays: days.valid,
  };
}

/**
 * What a county's own constraint target asks of the months: the month's where one was entered, else the control value that is
 * derived from the year's; null where it has neither.
 */
async function controlsOf(
  store: Reader,
  office: Office,
  region: Region,
): Promise<(day: Temporal.PlainDate) => number | null> {
  const entered = await enteredAims(store, office, region);
  const meanOf = (span: TargetSpan) =>
    entered(span).find(({ indicator, kind }) => indicator === "pm25-mean" && kind === "constraint")?.value;
  const { year } = office.pack;
  const ofYear = meanOf("year");
  const derived =
    ofYear === undefined
      ? null
      : monthControls(
          new Decimal(ofYear),
          year,
          monthMeans(await daysOfYear(store, region, year - 1), year - 1),
        );
  return (day) => {
    const set = meanOf(targetSpan("month", day));
    return set === undefined ? (derived?.[day.month - 1]?.toNumber() ?? null) : Number(set);
  };
}

/** What remains from a day on in its month, quarter and year; nothing in a year that has no targets. */
async function budgetsOf(
  store: Reader,
  office: Office,
  places: readonly Region[],
  on: Temporal.PlainDate,
): Promise<BudgetFacts[]> {
  if (on.year !== office.pack.year) return [];
  const found: BudgetFacts[] = [];
  for (const region of places) {
    const entered = await enteredAims(store, office, region);
    if (BUDGET_LEVELS.every((level) => entered(targetSpan(level, on)).length === 0)) continue;
    found.push(budgetFacts(await budgetOf(store, office, region, monthOfDay(on), on)));
  }
  return found;
}
