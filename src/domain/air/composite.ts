import { halfEvenRatio } from "../rounding.ts";
import type { Concentrations, Pollutant } from "./day.ts";
import { POLLUTANTS } from "./day.ts";
import type { RuleSet } from "./rules.ts";

/** 环境空气质量综合指数 with its parts; two decimals, null where nothing valid stands behind it. */
export type CompositeIndex = {
  readonly composite: number | null;
  /** Single indices as printed: they add up to `composite`. */
  readonly singleIndices: Readonly<Record<Pollutant, number | null>>;
  /** 主要污染物: the largest single index, the exact one deciding between equal printed ones; null without a composite. Equal ones: the first in naming order. */
  readonly mainPollutant: Pollutant | null;
};

/** Of days for which no index is printed (see `hasComposite`). */
export const NO_COMPOSITE: CompositeIndex = {
  composite: null,
  singleIndices: Object.fromEntries(POLLUTANTS.map((p) => [p, null])) as Record<Pollutant, null>,
  mainPollutant: null,
};

/**
 * Composite index of a period from its **rounded** statistics: Σ C/S over six items, each single index rounded half to even
 * to two decimals and then added, so that a reader can add up what is printed.
 * C: means of PM2.5, PM10, NO2, SO2; 95th percentile of CO (tenths of mg/m³); 90th percentile of MDA8.
 * S: annual limits, for CO the daily and for O3 the MDA8 limit, for a month or a quarter too.
 * Any item missing → no index (“数据有效性不足，不参与排名”).
 * Source: 环办监测〔2018〕19号 《城市环境空气质量排名技术规定》 (formula to be confirmed); rounding before adding as in published
 * county and city tables of 2021–2024. The weights reported for HJ 663-2026 are not used.
 */
export function compositeIndex(ruleSet: RuleSet, concentrations: Concentrations): CompositeIndex {
  const singleIndices = {} as Record<Pollutant, number | null>;
  let hundredths: number | null = 0;
  let main: { pollutant: Pollutant; value: number; limit: number } | null = null;
  for (const pollutant of POLLUTANTS) {
    const value = concentrations[pollutant];
    const limit = ruleSet.limits[pollutant].annual ?? ruleSet.limits[pollutant].day;
    if (value === null) {
      singleIndices[pollutant] = null;
      hundredths = null;
      continue;
    }
    const single = halfEvenRatio(value * 100, limit, 0);
    singleIndices[pollutant] = single / 100;
    if (hundredths !== null) hundredths += single;
    // Compared as fractions: a binary quotient could part two that are equal.
    if (main === null || value * main.limit > main.value * limit) main = { pollutant, value, limit };
  }
  if (hundredths === null) return { composite: null, singleIndices, mainPollutant: null };
  return { composite: hundredths / 100, singleIndices, mainPollutant: main?.pollutant ?? null };
}
