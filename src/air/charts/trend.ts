import { z } from "zod";
import { isRefusal, type Refusal } from "../../chat/refusal.ts";
import { figure, shortDate } from "../../chat/wording.ts";
import { dayAqi } from "../../domain/air/aqi.ts";
import { type AirDay, POLLUTANTS, pollutantLabel, publishedValue, unitOfItem } from "../../domain/air/day.ts";
import type { RuleSet } from "../../domain/air/rules.ts";
import type { Tile } from "../../output/charts/tiles.ts";
import type { TrendSpec } from "../../output/charts/trend-line.ts";
import type { Air } from "../period-air.ts";
import { bindingPm25 } from "../targets.ts";
import { airChartFrame, chartPaper } from "./chart-paper.ts";
import { chartedAir, regionAndDays } from "./of-region.ts";

const TRENDED = [...POLLUTANTS, "AQI"] as const;
export type Trended = (typeof TRENDED)[number];

/** 趋势图: a pollutant or the AQI day by day, with the daily limit and, for PM2.5, the year's target. */
export const trendChart = chartPaper({
  name: "chart.trend",
  params: regionAndDays.extend({ metric: z.enum(TRENDED) }),
  async spec({ params, person }, context): Promise<TrendSpec | Refusal> {
    const found = await chartedAir(params, person, context);
    if (isRefusal(found)) return found;
    const { air, partial } = found;
    const { metric } = params;
    const { now, region, ruleSet } = air;
    const { store, office, today } = context;
    const target =
      metric === "PM2.5" && now.to.startsWith(String(office.pack.year))
        ? await bindingPm25(store, office, region)
        : null;
    const limit = metric === "AQI" ? 100 : publishedValue(metric, ruleSet.limits[metric].day);
    const label = metric === "AQI" ? "AQI" : pollutantLabel(metric);
    return {
      kind: "trend",
      title: `${region.name}${label}${metric === "AQI" ? "" : metric === "O3_8h" ? "日最大8小时均值" : "日均值"}`,
      subtitle: `${air.period.label}${now.complete ? "" : `，截至${shortDate(now.asOf)}`}`,
      ...airChartFrame(air.data, today),
      notes: partial,
      metric: label,
      unit: metric === "AQI" ? "" : unitOfItem(metric),
      decimals: metric === "CO" ? 1 : 0,
      days: trendDays(air, metric),
      lines: [
        { label: metric === "AQI" ? "超标线" : "日均二级限值", value: limit },
        ...(target === null ? [] : [{ label: "年目标", value: target }]),
      ],
      tiles: tilesOf(air, metric),
    };
  },
});

/** Every day up to which there can be figures; null where a day has none that is valid. */
function trendDays({ now, days, ruleSet }: Air, metric: Trended): TrendSpec["days"] {
  const known = new Map(days.map((day) => [day.date, day]));
  const first = Temporal.PlainDate.from(now.from);
  return Array.from({ length: now.days.calendar }, (_, at) => {
    const date = first.add({ days: at }).toString();
    const day = known.get(date);
    return { date, value: day === undefined ? null : dayValue(day, metric, ruleSet) };
  });
}

function dayValue(day: AirDay, metric: Trended, ruleSet: RuleSet): number | null {
  if (metric !== "AQI") return day[metric] === null ? null : publishedValue(metric, day[metric]);
  // Of an incomplete day only the least that it can be is known.
  const { aqi, complete } = dayAqi(ruleSet, day);
  return complete ? aqi : null;
}

const STATS = { mean: "均值", p90: "第90百分位数", p95: "第95百分位数" } as const;

function tilesOf({ now }: Air, metric: Trended): Tile[] {
  const { calendar } = now.days;
  if (metric === "AQI")
    return [
      rated("优良天数比率", now.attainmentRatePct, now.attainmentReferencePct, 1, "%"),
      { label: "有效天数", value: `${now.days.valid}/${calendar}`, unit: "天" },
      { label: "超标天数", value: String(now.days.bad), unit: "天" },
    ];
  const { stat, value, reference, unit, validDays } = now.pollutants[metric];
  return [
    rated(STATS[stat], value, reference, metric === "CO" ? 1 : 0, unit),
    { label: "有效天数", value: `${validDays}/${calendar}`, unit: "天" },
    { label: "超标天数", value: String(now.exceedance[metric]), unit: "天" },
  ];
}

/** A published figure; of a period with too few valid days none is. */
function rated(
  label: string,
  value: number | null,
  reference: number | null,
  decimals: number,
  unit: string,
): Tile {
  if (value !== null || reference === null)
    return { label, value: figure(value, decimals), unit: value === null ? "" : unit };
  return { label, value: "不予统计", unit: "", below: [`参考值${figure(reference, decimals)}${unit}`] };
}
