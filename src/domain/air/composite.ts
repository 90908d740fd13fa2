import { halfEvenRatio } from "../rounding.ts";
import type { Concentrations, Pollutant } from "./day.ts";
import { POLLUTANTS } from "./day.ts";
import type { RuleSet } from "./rules.ts";

/** 环境空气质量综合指数 with its parts; two decimals, null where nothing valid stands behind it. */
export type CompositeIndex = {
  readonly composite: number | null;
  /** Printed single indices. They are rounded each for itself and need not add up to `composite`: say so in a footnote. */
  readonly singleIndices: Readonly<Record<Pollutant, number | null>>;
  /** 主要污染物: the largest exact single index; null without a composite. Equal ones: the first in naming order. */
  readonly mainPollutant: Pollutant | null;
};

/**
 * Composite index of a period from its **rounded** statistics: Σ C/S over six items, summed exactly and rounded once.
 * C: means of PM2.5, PM10, NO2, SO2; 95th percentile of CO (tenths of mg/m³); 90th percentile of MDA8.
 * S: annual limits, for CO the daily and for O3 the MDA8 limit, for a month or a quarter too.
 * Any item missing → no index (“数据有效性不足，不参与排名”).
 * Source: 环办监测〔2018〕19号 《城市环境空气质量排名技术规定》 (formula to be confirmed). The weights reported for HJ 663-2026 are not used.
 */
export function compositeIndex(ruleSet: RuleSet, concentrations: Concentrations): CompositeIndex {
  const limits = POLLUTANTS.map(
    (pollutant) => ruleSet.limits[pollutant].annual ?? ruleSet.limits[pollutant].day,
  );
  const common = limits.reduce(leastCommonMultiple, 1);
  const singleIndices = {} as Record<Pollutant, number | null>;
  let sum: number | null = 0;
  let largest = -1;
  let main: Pollutant | null = null;
  POLLUTANTS.forEach((pollutant, i) => {
    const value = concentrations[pollutant];
    const limit = limits[i] as number;
    singleIndices[pollutant] = value === null ? null : halfEvenRatio(value, limit, 2);
    if (value === null) {
      sum = null;
      return;
    }
    const share = value * (common / limit);
    if (sum !== null) sum += share;
    if (share > largest) {
      largest = share;
      main = pollutant;
    }
  });
  if (sum === null) return { composite: null, singleIndices, mainPollutant: null };
  return { composite: halfEvenRatio(sum, common, 2), singleIndices, mainPollutant: main };
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
