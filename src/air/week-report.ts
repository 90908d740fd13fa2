import { isRefusal } from "../chat/refusal.ts";
import { changePct, changePoints } from "../domain/air/change.ts";
import { type PeriodDataState, togetherDataState } from "../domain/air/data-state.ts";
import type { Pollutant } from "../domain/air/day.ts";
import type { LevelName } from "../domain/air/levels.ts";
import { type Period, periodOf } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Role } from "../domain/roles.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import {
  type Air,
  airOf,
  type PresentAir,
  presentAirOf,
  type Ruled,
  recomputed,
  ruledParts,
  yearOnYear,
} from "./period-air.ts";
import { countyRanking } from "./ranking.ts";

/** 周通报 as the ledger and its deliveries know it, and who is sent it: they may read it again. */
export const WEEKLY_NOTICE = "weekly-notice";
export const WEEKLY_READERS = [
  "office",
  "city-lead",
  "supervision",
  "county-lead",
  "county-liaison",
  "department-liaison",
] as const satisfies readonly Role[];

/** A week, or the part of one that has rules of its own: the city, the counties as they are ranked, with what they rest on. */
export type WeekPart = {
  ruled: Ruled;
  /** It stands for a whole week, and not for a part of one in which the rules have changed. */
  isWhole: boolean;
  /** The year before was judged by other rules then, and is computed anew. */
  isRecomputed: boolean;
  /** Null where the city has no data. */
  city: WeekRow | null;
  rows: readonly WeekRow[];
  data: PeriodDataState;
};

/** What a place's cards publish of these days; null where they publish nothing. */
export type WeekRow = {
  region: Region;
  rank: number | null;
  tied: boolean;
  pm25: number | null;
  weekOnWeekPct: number | null;
  yearOnYearPct: number | null;
  /** The 90th percentile of the days' MDA8, as every period is told by. */
  o3: number | null;
  o3YearOnYearPct: number | null;
  attainmentRatePct: number | null;
  rateWeekOnWeekPoints: number | null;
  rateYearOnYearPoints: number | null;
  goodDays: number;
  validDays: number;
  /** Days of each class, and on which each item was the primary pollutant. */
  levels: Readonly<Record<LevelName, number>>;
  primary: Readonly<Record<Pollutant, number>>;
};

/** A week by county as published, the part under the present rules first; empty when there were no rules then. */
export async function weekReport(
  store: Reader,
  office: Office,
  week: Period,
  today: Temporal.PlainDate,
): Promise<readonly WeekPart[]> {
  const parts = ruledParts(week, today);
  if (isRefusal(parts)) return [];
  const regions = office.regionsOf(week, today);
  const isWhole = parts.length === 1;
  return Promise.all(
    parts.map(async (ruled): Promise<WeekPart> => {
      const ranked = await countyRanking(store, regions, ruled, today, "PM2.5");
      const city = await airOf(store, office.city, ruled, today);
      const empty = { ruled, isWhole, isRecomputed: false, city: null, rows: [] };
      if (isRefusal(ranked)) return { ...empty, data: togetherDataState([]) };
      const before = isWhole
        ? await weekBefore(store, [office.city, ...regions], ruled, today)
        : new Map<string, PresentAir>();
      const { ranking, airs } = ranked;
      const row = (region: Region, rank: number | null, tied: boolean) =>
        rowOf(region, { rank, tied }, airs.get(region.id), before.get(region.id));
      return {
        ...{ ruled, isWhole },
        isRecomputed: !isRefusal(city) && recomputed(city),
        city: isRefusal(city)
          ? null
          : rowOf(office.city, { rank: null, tied: false }, city, before.get(office.city.id)),
        data: togetherDataState(
          [...(isRefusal(city) ? [] : [city]), ...airs.values()].map(({ data }) => data),
        ),
        rows: [
          ...ranking.ranked.map(({ key, rank, tied }) => row(key, rank, tied)),
          ...ranking.unranked.map(({ key }) => row(key, null, false)),
        ],
      };
    }),
  );
}

function rowOf(
  region: Region,
  place: Pick<WeekRow, "rank" | "tied">,
  air: Air | undefined,
  before: PresentAir | undefined,
): WeekRow {
  const pm25 = air?.now.pollutants["PM2.5"].value ?? null;
  const rate = air?.now.attainmentRatePct ?? null;
  const change = air && yearOnYear(air);
  return {
    ...{ region, ...place, pm25, attainmentRatePct: rate },
    weekOnWeekPct: changePct(pm25, before?.now.pollutants["PM2.5"].value ?? null),
    yearOnYearPct: change?.["PM2.5"] ?? null,
    o3: air?.now.pollutants.O3_8h.value ?? null,
    o3YearOnYearPct: change?.O3_8h ?? null,
    rateWeekOnWeekPoints: changePoints(rate, before?.now.attainmentRatePct ?? null),
    rateYearOnYearPoints: change?.attainmentRatePoints ?? null,
    goodDays: air?.now.days.good ?? 0,
    validDays: air?.now.days.valid ?? 0,
    levels: air?.now.levels ?? NO_LEVELS,
    primary: air?.now.primary ?? NO_PRIMARY,
  };
}

const NO_LEVELS: WeekRow["levels"] = { 优: 0, 良: 0, 轻度: 0, 中度: 0, 重度: 0, 严重: 0 };
const NO_PRIMARY: WeekRow["primary"] = { "PM2.5": 0, PM10: 0, O3_8h: 0, NO2: 0, SO2: 0, CO: 0 };

/** The same places a week earlier, judged by the same rules: only so can the two weeks be compared. */
async function weekBefore(
  store: Reader,
  regions: readonly Region[],
  { period, ruleSet }: Ruled,
  today: Temporal.PlainDate,
): Promise<ReadonlyMap<string, PresentAir>> {
  const before = periodOf(period.from.subtract({ days: 7 }), period.to.subtract({ days: 7 }));
  const airs = await Promise.all(
    regions.map((region) => presentAirOf(store, region, { period: before, ruleSet }, today)),
  );
  return new Map(airs.flatMap((air) => (isRefusal(air) ? [] : [[air.region.id, air] as const])));
}
