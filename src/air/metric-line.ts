import type { Card } from "../chat/card.ts";
import type { MetricWord } from "../chat/metric-words.ts";
import { figure } from "../chat/wording.ts";
import { changeWords } from "../domain/air/change.ts";
import type { Air } from "./period-air.ts";
import { changeOf, METRICS, rankedValue } from "./ranking.ts";

/** A card of an area with the figure that was asked for on top. */
export function withMetric(card: Card, air: Air, metric: MetricWord | undefined): Card {
  const isDay = air.period.from.equals(air.period.to);
  if (metric === undefined || isDay) return card;
  if (metric === "AQI") {
    const text = `AQI按日计算，请写明哪一天，例如“${air.region.short} 昨天”。`;
    return { ...card, blocks: [{ kind: "text", text }, ...card.blocks] };
  }
  const { title, unit, decimals } = METRICS[metric];
  const change = changeWords(changeOf(air, metric), metric === "attainment" ? "个百分点" : "%");
  const value = figure(rankedValue(air, metric), decimals, unit);
  return { ...card, blocks: [{ kind: "text", text: `${title}：${value}，同比${change}` }, ...card.blocks] };
}
