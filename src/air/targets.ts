import { Decimal } from "decimal.js";
import type { Tone } from "../chat/card.ts";
import { plain } from "../chat/wording.ts";
import { badDayPace, controlValue, meanPace } from "../domain/air/budget.ts";
import { dayNumber } from "../domain/air/calendar-days.ts";
import type { AirDay } from "../domain/air/day.ts";
import { type SeasonMeans, seasonOf } from "../domain/air/season.ts";
import type { PeriodStatistics } from "../domain/air/statistics.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { TargetSpan } from "../domain/plan/target-span.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import type { Air } from "./period-air.ts";

/** How one air target of the year stands; the interfaces document's `targets`, with the light and the words for a card. */
export type TargetStanding = {
  indicator: "pm25-mean" | "attainment-rate";
  kind: "constraint" | "stretch";
  target: number;
  unit: string;
  /** Exact to-date figure as printed beside the target: one decimal. */
  toDate: number | null;
  remainingDays: number;
  remainingAllowableMean?: number | null;
  badDaysLeft?: number;
  state: "met" | "on-pace" | "behind" | "unreachable";
  light: "绿" | "黄" | "红";
  note?: string;
};

export const KIND_WORDS = { constraint: "约束性", stretch: "奋斗" } as const;

/** A target as it was set; `value` is exact decimal text. */
export type Aim = { indicator: TargetStanding["indicator"]; kind: TargetStanding["kind"]; value: string };

/**
 * How a region's targets of the plan's year stand. Empty for periods other than the plan's year, and for a county for which
 * the office has entered none.
 */
export async function targetStandings(store: Reader, office: Office, air: Air): Promise<TargetStanding[]> {
  const { now, region } = air;
  const { year } = office.pack;
  if (now.from !== `${year}-01-01` || now.to !== `${year}-12-31`) return [];
  const aims = await aimsOf(store, office, region);
  if (aims.length === 0) return [];
  const season = seasonOf(await yearsBefore(store, region, year), now, now.asOf);
  return aims.flatMap((aim) => standing(aim, now, season, office) ?? []);
}

/** The year's targets of a region: the city's from the pack, a county's only from what was entered, never from the city's. */
export async function aimsOf(store: Reader, office: Office, region: Region): Promise<Aim[]> {
  return (await enteredAims(store, office, region))("year");
}

/** A region's days of the three years before one, last year first: what a season is read from. */
export async function yearsBefore(store: Reader, region: Region, year: number): Promise<readonly AirDay[][]> {
  return Promise.all([year - 1, year - 2, year - 3].map((one) => daysOfYear(store, region, one)));
}

export const daysOfYear = (store: Reader, region: Region, year: number): Promise<AirDay[]> =>
  store.air.days(region.id, `${year}-01-01`, `${year}-12-31`);

/** A target's state in a word or two for a card. */
export function targetWords({ state, light, note, remainingDays }: TargetStanding): {
  words: string;
  tone: Tone;
} {
  const words = {
    met: "已完成",
    "on-pace": "符合进度",
    behind: light === "红" ? "明显滞后" : "略有滞后",
    unreachable: remainingDays === 0 ? "未完成" : "已不可能完成",
  }[state];
  const tone: Tone = state === "met" || state === "on-pace" ? "good" : light === "黄" ? "notice" : "bad";
  return { words: note ? `${words}，${note}` : words, tone };
}

/** A region's PM2.5 target of the plan's year that binds, µg/m³; null where nobody has entered one. */
export async function bindingPm25(store: Reader, office: Office, region: Region): Promise<number | null> {
  const aims = await aimsOf(store, office, region);
  const binding = aims.find((aim) => aim.indicator === "pm25-mean" && aim.kind === "constraint");
  return binding === undefined ? null : Number(binding.value);
}

function cityAims(office: Office): Aim[] {
  return office.pack.targets.flatMap((t) =>
    t.appliesTo === "city" && (t.metric === "pm25-mean" || t.metric === "attainment-rate")
      ? [{ indicator: t.metric, kind: t.kind, value: t.value }]
      : [],
  );
}

/** What was entered for a region, by the part of the year that it holds for; of the city the pack's own targets of the year. */
export async function enteredAims(
  store: Reader,
  office: Office,
  region: Region,
): Promise<(span: TargetSpan) => Aim[]> {
  if (region.kind === "city") return (span) => (span === "year" ? cityAims(office) : []);
  const rows = await store.plan.targetsOfSpans(region.id);
  // A merged region's target is the office's to set; an heir of the same area keeps the one that was entered before.
  const [forerunner, ...others] = office.lineage(region.id).slice(1);
  const inherited =
    forerunner !== undefined && others.length === 0 ? await store.plan.targetsOfSpans(forerunner) : [];
  return (span) => {
    const own = rows.filter((row) => row.span === span);
    const entered = own.length > 0 ? own : inherited.filter((row) => row.span === span);
    return AIR_INDICATORS.flatMap((indicator) =>
      (["constraint", "stretch"] as const).flatMap((kind) => {
        const value = entered.find((row) => row.indicator === indicator)?.[kind] ?? null;
        return value === null ? [] : [{ indicator, kind, value }];
      }),
    );
  };
}
const AIR_INDICATORS = ["pm25-mean", "attainment-rate"] as const;

/** How one target stands in a period, its own or what was made of it for part of the year; null where nothing can be judged. */
export function standing(
  aim: Aim,
  now: PeriodStatistics,
  season: SeasonMeans,
  office: Office,
): TargetStanding | null {
  const settings = office.pack.settings.pace;
  const target = new Decimal(aim.value);
  const left = now.complete ? 0 : dayNumber(now.to) - dayNumber(now.asOf);
  const common = { indicator: aim.indicator, kind: aim.kind, target: target.toNumber(), remainingDays: left };
  if (aim.indicator === "pm25-mean") {
    const { sum, validDays, oneDecimal } = now.pollutants["PM2.5"];
    const pace = meanPace(
      {
        target,
        sum: new Decimal(sum),
        valid: validDays,
        left,
        ytdMean: oneDecimal === null ? null : new Decimal(oneDecimal),
        controlValue: season.same && season.whole && controlValue(target, season.same, season.whole),
        lastYearSameRest: season.rest && new Decimal(season.rest.sum).div(season.rest.days),
        bestSameRest: season.best,
        worstSameRest: season.worst,
      },
      settings,
    );
    if (pace === null || (left === 0 && !now.pollutants["PM2.5"].sufficient)) return null;
    const { state, light, note } = pace;
    const remainingAllowableMean = pace.remainingAllowableMean?.toNumber() ?? null;
    return {
      ...common,
      unit: "µg/m³",
      toDate: oneDecimal,
      remainingAllowableMean,
      state,
      light,
      ...(note ? { note } : {}),
    };
  }
  const pace = badDayPace({ ratePct: target, badDays: now.days.bad, valid: now.days.valid, left }, settings);
  if (pace === null || (left === 0 && now.attainmentRatePct === null)) return null;
  const { state, light, note, badDaysLeft } = pace;
  return {
    ...common,
    unit: "%",
    toDate: now.attainmentRatePct,
    badDaysLeft,
    state,
    light,
    ...(note ? { note } : {}),
  };
}

/** 约束性 ≤36：符合进度，剩余200天均值须≤33.1 */
export function targetLine(s: TargetStanding): { label: string; value: string; tone: Tone } {
  const { words, tone } = targetWords(s);
  const isMean = s.indicator === "pm25-mean";
  const label = isMean
    ? `PM2.5${KIND_WORDS[s.kind]}≤${plain(s.target)}`
    : `优良率${KIND_WORDS[s.kind]}≥${plain(s.target)}%`;
  if (s.remainingDays === 0 || s.state === "unreachable") return { label, value: words, tone };
  const rest = isMean
    ? `剩余${s.remainingDays}天均值须≤${(s.remainingAllowableMean ?? 0).toFixed(1)}`
    : `剩余${s.remainingDays}天最多再超标${s.badDaysLeft}天`;
  return { label, value: `${words}；${rest}`, tone };
}
