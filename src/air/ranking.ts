import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { bottomN, type Ranking, rankBy, topN } from "../domain/air/ranking.ts";
import type { RegionId } from "../domain/ids.ts";
import type { Region } from "../domain/plan/pack.ts";
import { tieOrder } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import { type Air, airOf, pm25Ranking, type Ruled, yearOnYear } from "./period-air.ts";

export const METRICS = {
  composite: { title: "综合指数", unit: "", decimals: 2, direction: "ascending" },
  "PM2.5": { title: "PM2.5均值", unit: "µg/m³", decimals: 0, direction: "ascending" },
  PM10: { title: "PM10均值", unit: "µg/m³", decimals: 0, direction: "ascending" },
  O3_8h: { title: "臭氧日最大8小时滑动平均第90百分位数", unit: "µg/m³", decimals: 0, direction: "ascending" },
  NO2: { title: "二氧化氮均值", unit: "µg/m³", decimals: 0, direction: "ascending" },
  SO2: { title: "二氧化硫均值", unit: "µg/m³", decimals: 0, direction: "ascending" },
  CO: { title: "一氧化碳日均值第95百分位数", unit: "mg/m³", decimals: 1, direction: "ascending" },
  attainment: { title: "优良天数比率", unit: "%", decimals: 1, direction: "descending" },
  improvement: { title: "PM2.5同比改善", unit: "%", decimals: 1, direction: "ascending" },
} as const satisfies Record<
  string,
  { title: string; unit: string; decimals: number; direction: "ascending" | "descending" }
>;
export type Metric = keyof typeof METRICS;

/** Why there is none for days from 2026-03-01. */
export const NO_COMPOSITE_WORDS = "2026年3月1日起的综合指数因新标准权重未确认，不予计算";

/** The counties of a period ranked by published values; without a published value a county is listed apart, with the reason. */
export async function countyRanking(
  store: Reader,
  regions: readonly Region[],
  ruled: Ruled,
  today: Temporal.PlainDate,
  metric: Metric,
): Promise<{ ranking: Ranking<Region>; airs: ReadonlyMap<RegionId, Air> } | Refusal> {
  const airs = new Map<RegionId, Air>();
  const rows = [];
  for (const region of regions) {
    const air = await airOf(store, region, ruled, today);
    if (isRefusal(air)) {
      if (air.code !== "no-data") return air;
      rows.push({ key: region, value: null, order: tieOrder(region), reason: "无监测数据" });
      continue;
    }
    airs.set(region.id, air);
    rows.push({
      key: region,
      value: rankedValue(air, metric),
      order: tieOrder(region),
      reason: whyNone(air, metric),
    });
  }
  if (metric !== "PM2.5") return { ranking: rankBy(rows, METRICS[metric].direction), airs };
  // The same list that a county's card takes its place from; only why a county has none is said at length here.
  const { ranked, unranked } = await pm25Ranking(store, regions, ruled.period, today, airs.values());
  const whys = new Map(rows.map(({ key, reason }) => [key.id, reason]));
  return {
    ranking: {
      ranked,
      unranked: unranked.map((row) => ({ ...row, reason: whys.get(row.key.id) ?? row.reason })),
    },
    airs,
  };
}

/** The published value that a county is ranked by; null where it has none. */
export function rankedValue(air: Air, metric: Metric): number | null {
  const { now } = air;
  switch (metric) {
    case "composite":
      return now.composite;
    case "PM2.5":
    case "PM10":
    case "O3_8h":
    case "NO2":
    case "SO2":
    case "CO":
      return now.pollutants[metric].value;
    case "attainment":
      return now.attainmentRatePct;
    case "improvement":
      return yearOnYear(air)["PM2.5"];
    default:
      return metric satisfies never;
  }
}

/** Change of the ranked value on the same dates of the year before: percent, for rates percentage points. */
export function changeOf(air: Air, metric: Metric): number | null {
  const change = yearOnYear(air);
  if (metric === "attainment") return change.attainmentRatePoints;
  return metric === "improvement" ? change["PM2.5"] : change[metric];
}

function whyNone(air: Air, metric: Metric): string {
  if (air.now.insufficient !== null) return `数据有效性不足：${air.now.insufficient}`;
  return metric === "improvement" ? "上年同期无有效数据，无法比较" : "数据有效性不足";
}

/** Who stands where in a ranking, best first; a null rank is none. */
type Placed = { name: string; rank: number | null };

/** 前2名：启东、海门；后1名：如皋: who stands at the ends of a ranking that were asked for. Null when no end was. */
export function rankEndsWords(
  rows: readonly Placed[],
  { top = 0, bottom = 0 }: { top: number | undefined; bottom: number | undefined },
): string | null {
  const ranked = rows.flatMap(({ name, rank }) => (rank === null ? [] : [{ name, rank }]));
  const named = (label: string, those: readonly { name: string }[]) =>
    those.length === 0 ? [] : [`${label}：${those.map(({ name }) => name).join("、")}`];
  const said = [
    ...named(`前${top}名`, topN(ranked, top)),
    ...named(`后${bottom}名`, bottomN(ranked, bottom)),
  ];
  return said.length === 0 ? null : said.join("；");
}
