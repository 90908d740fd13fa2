import { type AqiCalendarSpec, aqiCalendar } from "./aqi-calendar.ts";
import { type MonthPlanSpec, monthPlan } from "./month-plan.ts";
import { type PaceSpec, paceBullets } from "./pace-bullets.ts";
import type { ChartFigure, ChartKind } from "./panel.ts";
import { type PrimarySpec, primaryBars } from "./primary-bars.ts";
import { type RankingSpec, rankingBars } from "./ranking-bars.ts";
import { type StationMapSpec, stationMap } from "./station-map.ts";
import { type TrendSpec, trendLine } from "./trend-line.ts";
import { type WeekBulletinSpec, weekBulletin } from "./week-bulletin.ts";

/** A picture as plain data: what a paper freezes, and all that is drawn. */
export type ChartSpec =
  | TrendSpec
  | RankingSpec
  | AqiCalendarSpec
  | PaceSpec
  | PrimarySpec
  | WeekBulletinSpec
  | MonthPlanSpec
  | StationMapSpec;

const KINDS: { readonly [K in ChartSpec["kind"]]: ChartKind<Extract<ChartSpec, { kind: K }>> } = {
  trend: trendLine,
  ranking: rankingBars,
  "aqi-calendar": aqiCalendar,
  pace: paceBullets,
  primary: primaryBars,
  "week-bulletin": weekBulletin,
  "month-plan": monthPlan,
  "station-map": stationMap,
};

export const chartKindOf = (spec: ChartSpec) => KINDS[spec.kind] as ChartKind<ChartSpec>;

/** Every figure that a picture prints, so that it can be held against the facts that it was made of. */
export const figuresDrawn = (spec: ChartSpec): readonly ChartFigure[] => chartKindOf(spec).figures(spec);
