import { dataStateWords } from "../../air/data-state-words.ts";
import { type DustfallMonth, dustfallOf } from "../../air/dustfall.ts";
import { type Air, airOf, ruledParts, yearOnYear } from "../../air/period-air.ts";
import { countyRanking } from "../../air/ranking.ts";
import { type Aim, aimsOf, targetStandings } from "../../air/targets.ts";
import type { Context } from "../../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../../chat/refusal.ts";
import { togetherDataState } from "../../domain/air/data-state.ts";
import type { Pollutant } from "../../domain/air/day.ts";
import { type LoopFigures, loopFigures } from "../../domain/issues/figures.ts";
import { type Period, periodOf } from "../../domain/period.ts";
import type { Region } from "../../domain/plan/pack.ts";
import { countingPeriod, countsIn } from "../../issues/counting.ts";
import type { Office } from "../../office/office.ts";
import { actualWords, indicatorWords, tasksOf } from "../../plan/tasks.ts";
import type { Reader } from "../../store/store.ts";

/** All figures of a plan's year against its targets and indicators, as frozen in the year's report. */
export type YearFacts = {
  year: number;
  ruleSet: string;
  /** 审核后数据; 未经审核，仅供参考. */
  dataState: string;
  /** The city first, then its counties as they are ranked by PM2.5. */
  places: readonly YearPlace[];
  tasks: readonly YearTask[];
  /** The whole city first. */
  issues: readonly YearIssues[];
};

/** A place's air over the year; what a standard doesn't let be published is null. */
export type YearPlace = {
  place: string;
  /** 3, 4（并列）; null for the city and for what isn't ranked. */
  rank: string | null;
  /** Why it has no figures. */
  why: string | null;
  pm25ChangePct: number | null;
  /** Published values of the six items: µg/m³, CO mg/m³; ozone by its 90th, CO by its 95th percentile. */
  published: Readonly<Record<Pollutant, number | null>>;
  composite: number | null;
  attainmentRatePct: number | null;
  attainmentChangePoints: number | null;
  goodDays: number;
  badDays: number;
  heavyDays: number;
  ozoneDays: number;
  validDays: number;
  calendarDays: number;
  /** Months with a value, those above the plan's limit, and the highest, t/(km²·30 d); null where there is none. */
  dustfall: { months: number; over: number | null; highest: number } | null;
  aims: readonly YearAim[];
};

/** A target of the year, what was reached (one decimal, µg/m³ or %) and whether it was met; null where that can't be published. */
export type YearAim = Aim & { reached: number | null; met: boolean | null };

/** An indicator as it stands at the end of the year. */
export type YearTask = {
  measure: string;
  indicator: string;
  /** Null: the city's. */
  county: string | null;
  leads: readonly string[];
  target: string;
  actual: string;
  deadline: string;
  result: "完成" | "未完成" | "未报";
  reportedOn: string | null;
};

export type YearIssues = { place: string; figures: LoopFigures };

/** Reports of December come in January: what was reported until its end counts. */
const closing = (year: number) => Temporal.PlainDate.from({ year: year + 1, month: 1, day: 31 });

export async function yearFacts(year: number, context: Context<Reader>): Promise<YearFacts | Refusal> {
  const { store, office, now } = context;
  const period = periodOf(
    Temporal.PlainDate.from({ year, month: 1, day: 1 }),
    Temporal.PlainDate.from({ year, month: 12, day: 31 }),
  );
  const today = closing(year);
  const parts = ruledParts(period, today);
  if (isRefusal(parts)) return parts;
  const [ruled, ...others] = parts;
  if (others.length > 0)
    return refuse("bad-period", `${year}年跨两套评价标准，没有全年一个数；请按标准分段查看“全市 ${year}”。`);
  const regions = office.regionsOf(period, today);
  const city = await airOf(store, office.city, ruled, today);
  if (isRefusal(city)) return city;
  const ranked = await countyRanking(store, regions, ruled, today, "PM2.5");
  if (isRefusal(ranked)) return ranked;
  const { ranking, airs } = ranked;
  const dust = await dustfallOf(store, office, regions, { from: `${year}-01`, to: `${year}-12` });
  const place = (region: Region, rank: string | null, why: string | null) =>
    placeOf(region, airs.get(region.id), { rank, why, dustfall: dust.get(region.id) ?? [] }, store, office);
  return {
    year,
    ruleSet: ruled.ruleSet.name,
    dataState: dataStateWords(togetherDataState([city, ...airs.values()].map(({ data }) => data))),
    places: [
      await placeOf(office.city, city, { rank: null, why: null, dustfall: [] }, store, office),
      ...(await Promise.all(
        ranking.ranked.map(({ key, rank, tied }) => place(key, `${rank}${tied ? "（并列）" : ""}`, null)),
      )),
      ...(await Promise.all(ranking.unranked.map(({ key, reason }) => place(key, null, reason)))),
    ],
    tasks: await tasksAt(today, store, office),
    issues: await issuesOf(period, regions, { store, office, now }),
  };
}

type Around = { rank: string | null; why: string | null; dustfall: readonly DustfallMonth[] };

async function placeOf(
  region: Region,
  air: Air | undefined,
  { rank, why, dustfall }: Around,
  store: Reader,
  office: Office,
): Promise<YearPlace> {
  const aims = await aimsOf(store, office, region);
  const standings = air === undefined ? [] : await targetStandings(store, office, air);
  const change = air && yearOnYear(air);
  const now = air?.now;
  const published = (pollutant: Pollutant) => now?.pollutants[pollutant].value ?? null;
  return {
    place: region.short,
    rank,
    why: why ?? now?.insufficient ?? null,
    pm25ChangePct: change?.["PM2.5"] ?? null,
    published: {
      "PM2.5": published("PM2.5"),
      PM10: published("PM10"),
      O3_8h: published("O3_8h"),
      NO2: published("NO2"),
      SO2: published("SO2"),
      CO: published("CO"),
    },
    composite: now?.composite ?? null,
    attainmentRatePct: now?.attainmentRatePct ?? null,
    attainmentChangePoints: change?.attainmentRatePoints ?? null,
    goodDays: now?.days.good ?? 0,
    badDays: now?.days.bad ?? 0,
    heavyDays: now?.days.heavy ?? 0,
    ozoneDays: now?.exceedance.O3_8h ?? 0,
    validDays: now?.days.valid ?? 0,
    calendarDays: now?.days.calendar ?? 0,
    dustfall: dustfallYear(dustfall),
    aims: aims.map((aim) => {
      const found = standings.find(({ indicator, kind }) => indicator === aim.indicator && kind === aim.kind);
      return { ...aim, reached: found?.toDate ?? null, met: found ? found.state === "met" : null };
    }),
  };
}

function dustfallYear(months: readonly DustfallMonth[]): YearPlace["dustfall"] {
  const values = months.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return null;
  const judged = months.flatMap(({ keeps }) => keeps ?? []);
  return {
    months: values.length,
    over: judged.length === 0 ? null : judged.filter((keeps) => !keeps).length,
    highest: Math.max(...values),
  };
}

async function tasksAt(today: Temporal.PlainDate, store: Reader, office: Office): Promise<YearTask[]> {
  const tasks = await tasksOf(store, office, today);
  return tasks.map((task) => {
    const { level, actual } = task.standing;
    return {
      measure: task.measure.no,
      indicator: task.indicator.name,
      county: task.region?.short ?? null,
      leads: task.measure.lead.map((id) => office.department(id).short),
      target: indicatorWords(task.indicator),
      actual: actualWords(task),
      deadline: task.indicator.deadline,
      // Every deadline of the year has passed: who is level with it has reached it.
      result: level === "绿" ? "完成" : level === "灰" || actual === null ? "未报" : "未完成",
      reportedOn: task.reportedOn,
    };
  });
}

async function issuesOf(
  period: Period,
  regions: readonly Region[],
  { store, office, now }: Pick<Context<Reader>, "store" | "office" | "now">,
): Promise<YearIssues[]> {
  const counts = await countsIn(store, office, countingPeriod(period, office, now));
  const own = (region: Region) =>
    counts.filter(({ regionId }) => office.heirOn(regionId, period.to).id === region.id);
  return [
    { place: office.city.short, figures: loopFigures(counts) },
    ...regions.map((region) => ({ place: region.short, figures: loopFigures(own(region)) })),
  ];
}
