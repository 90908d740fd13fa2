import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { RegionId } from "../domain/ids.ts";
import { type Period, periodOf } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Reader } from "../store/store.ts";
import { notRankedYet, rankingFor, type TownRanking, townRanking } from "./ranking.ts";
import { type Readiness, readinessOf } from "./readiness.ts";

/** What one 镇街排名通报 is about: a county, or the city with all of them; the period, and the month that is told with it. */
export type TownNoticeAbout = {
  key: string;
  label: string;
  from: IsoDate;
  to: IsoDate;
  regionId: RegionId | null;
  /** The first and the last day of the month before, where the notice tells that too. */
  month: readonly [IsoDate, IsoDate] | null;
};
/** What it prints; `county` null: all of them, in full. */
export type TownNoticeFacts = {
  county: string | null;
  rankings: readonly TownRanking[];
  /** How far the counties are that aren't ranked yet; told once a month, with the month. */
  readiness: readonly Readiness[];
};
type Around = Pick<Context<Reader>, "store" | "office">;

const periodFrom = ([from, to]: readonly [IsoDate, IsoDate]) =>
  periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to));
/** A ranking's figures are those of the day after its last, whenever they are asked for. */
const dayAfter = (period: Period) => period.to.add({ days: 1 });

/** What the notice of a period is about, for a county or for the city as a whole. */
export function aboutTowns(period: Period, month: Period | null, county: Region | null): TownNoticeAbout {
  const { from, to, label } = period;
  return {
    key: `${from}..${to}/${county?.id ?? "all"}`,
    label: `${county?.short ?? "全市"}，${label}`,
    ...{ from: from.toString(), to: to.toString() },
    regionId: county?.id ?? null,
    month: month && [month.from.toString(), month.to.toString()],
  };
}

/** The notices of a period: one for each county whose towns are ranked, and one for the office. None before the plan's day, or without data. */
export async function noticesOf(
  period: Period,
  month: Period | null,
  { store, office }: Around,
): Promise<TownNoticeAbout[]> {
  const found = await townRanking(store, office, period, dayAfter(period));
  if (isRefusal(found)) return [];
  const told = new Set(found.rows.flatMap(({ county, validDays }) => (validDays ? [county] : [])));
  if (told.size === 0) return [];
  const counties = office.regionsOf(period, dayAfter(period)).filter(({ short }) => told.has(short));
  return [aboutTowns(period, month, null), ...counties.map((one) => aboutTowns(period, month, one))];
}

/** What a notice prints. Refuses a county whose towns aren't ranked yet, and a period without any ranked town. */
export async function townNoticeFacts(
  { from, to, regionId, month }: TownNoticeAbout,
  { store, office }: Around,
): Promise<TownNoticeFacts | Refusal> {
  const period = periodFrom([from, to]);
  const county = regionId === null ? null : office.heirOn(regionId, period.to).short;
  const rankings: TownRanking[] = [];
  for (const of of [period, ...(month === null ? [] : [periodFrom(month)])]) {
    const found = await townRanking(store, office, of, dayAfter(of));
    if (isRefusal(found)) return found;
    const notYet = county === null ? null : notRankedYet(found, county);
    if (of === period && notYet !== null) return notYet;
    if (notYet === null && found.counties.length > 0)
      rankings.push(rankingFor(found, county === null ? null : [county]));
  }
  if (!rankings[0]?.rows.some(({ rank }) => rank !== null))
    return refuse("no-data", `${period.label}没有可以排名的镇街数据。发送“镇街 准备情况”看站点。`, [
      "镇街 准备情况",
    ]);
  const later = new Set(rankings[0].later.map((one) => one.county));
  const waiting =
    county === null && month !== null
      ? office.regionsOf(period, dayAfter(period)).filter(({ short }) => later.has(short))
      : [];
  return { county, rankings, readiness: await readinessOf(store, office, waiting, dayAfter(period)) };
}
