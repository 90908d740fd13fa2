import type { Concentrations, Pollutant } from "./day.ts";
import { POLLUTANTS } from "./day.ts";
import type { Level } from "./levels.ts";
import { levelOf } from "./levels.ts";
import type { Item, RuleSet } from "./rules.ts";
import { IAQI_STEPS } from "./rules.ts";

/** Choices that the standards leave open. */
export type DayOptions = {
  /** Daily maximum 1 h mean of O3, µg/m³. */
  readonly o3OneHour?: number | null;
  /** `mda8` (default): six items, the 1 h value only where MDA8 has no sub-index. `mda8+1h`: both, by the letter of HJ 633-2012 cl. 5.1.2. */
  readonly o3Daily?: "mda8" | "mda8+1h";
  /** Whether a day with a missing item counts as exceeding when a valid item already exceeds (HJ 663-2013 cl. 6.1.2 by analogy, to be confirmed). Default true. */
  readonly knownExceedanceCounts?: boolean;
};

/** What one day amounts to. */
export type DayAqi = {
  /** 0 to 500. Of an incomplete day that counts as exceeding it is the largest known sub-index, a lower bound. */
  readonly aqi: number | null;
  readonly level: Level | null;
  /** 首要污染物: the items with the largest sub-index, only above 50; several when equal. */
  readonly primary: readonly Pollutant[];
  /** 超标污染物: every valid item with a sub-index above 100. */
  readonly exceeding: readonly Pollutant[];
  readonly iaqi: Readonly<Record<Pollutant, number | null>>;
  /** All six items are there (and the 1 h ozone where `mda8+1h` asks for it). */
  readonly complete: boolean;
  /** The day counts as exceeding in the attainment rate. */
  readonly exceeds: boolean;
};

/** The 24 h column of each pollutant in the table of sub-indices. */
export const DAILY_ITEM: Readonly<Record<Pollutant, Item>> = {
  "PM2.5": "PM2.5_24h",
  PM10: "PM10_24h",
  O3_8h: "O3_8h",
  NO2: "NO2_24h",
  SO2: "SO2_24h",
  CO: "CO_24h",
};

/**
 * What an MDA8 that has no sub-index is at least worth: some hour lay above 800 as well, and the 1 h column begins
 * there beyond 300. Enough to know the class (严重) and the exceedance, not enough to print an AQI.
 */
export const OZONE_BEYOND_TABLE = 301;

/**
 * Sub-index of one item: linear between the table's rows, **rounded up** to an integer, 0 to 500; 500 beyond the last row.
 * `value` is the rounded concentration as an integer (CO in tenths of mg/m³).
 * @returns null where the table gives none (SO2 1 h and O3 8 h above 800 under cn-2012).
 * Throws on a negative or fractional value. PM by the hour has no column of its own: use the 24 h one and say “按日均限值折算”.
 * Source: HJ 633-2012 cl. 4.1, 4.2, 6.2.
 */
export function iaqi(ruleSet: RuleSet, item: Item, value: number): number | null {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`not a concentration of ${item}: ${value}`);
  const { at, above } = ruleSet.breakpoints[item];
  for (let row = 1; row < at.length; row++) {
    const high = at[row] as number;
    if (value > high) continue;
    const low = at[row - 1] as number;
    const from = IAQI_STEPS[row - 1] as number;
    const rise = ((IAQI_STEPS[row] as number) - from) * (value - low);
    const rest = rise % (high - low);
    return from + (rise - rest) / (high - low) + (rest > 0 ? 1 : 0);
  }
  return above;
}

/**
 * AQI, class, primary and exceeding pollutants of a day from its rounded values.
 * `aqi` is null when an item is missing, unless a valid one already exceeds (see {@link DayOptions}), and when O3 has no
 * sub-index and no 1 h value takes its place: then the class is still known. Missing items are never taken as 0.
 * Source: HJ 633-2012 cl. 3.3, 3.4, 4.4, 5.1.2.
 */
export function dayAqi(ruleSet: RuleSet, concentrations: Concentrations, options: DayOptions = {}): DayAqi {
  const known = {} as Record<Pollutant, number | null>;
  let complete = options.o3Daily !== "mda8+1h" || typeof options.o3OneHour === "number";
  for (const pollutant of POLLUTANTS) {
    const value = concentrations[pollutant];
    if (value === null) complete = false;
    known[pollutant] = value === null ? null : iaqi(ruleSet, DAILY_ITEM[pollutant], value);
  }
  known.O3_8h = ozone(ruleSet, concentrations.O3_8h, known.O3_8h, options);
  const beyondTable = concentrations.O3_8h !== null && known.O3_8h === null;

  const worth = (pollutant: Pollutant) =>
    known[pollutant] ?? (beyondTable && pollutant === "O3_8h" ? OZONE_BEYOND_TABLE : -1);
  const worst = Math.max(...POLLUTANTS.map(worth));
  const counts = complete || (worst > 100 && options.knownExceedanceCounts !== false);
  return {
    aqi: counts && !beyondTable ? worst : null,
    level: counts ? levelOf(worst) : null,
    primary: counts && worst > 50 ? POLLUTANTS.filter((pollutant) => worth(pollutant) === worst) : [],
    exceeding: POLLUTANTS.filter((pollutant) => worth(pollutant) > 100),
    iaqi: known,
    complete,
    exceeds: counts && worst > 100,
  };
}

function ozone(
  ruleSet: RuleSet,
  mda8: number | null,
  by8h: number | null,
  options: DayOptions,
): number | null {
  const oneHour = options.o3OneHour ?? null;
  const wanted = options.o3Daily === "mda8+1h" || (mda8 !== null && by8h === null);
  if (oneHour === null || !wanted) return by8h;
  const by1h = iaqi(ruleSet, "O3_1h", oneHour);
  return by8h === null ? by1h : Math.max(by8h, by1h ?? 0);
}
