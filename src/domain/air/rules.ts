import type { IsoDate, Pollutant } from "./day.ts";

export type RuleSetId = "cn-2012" | "cn-2026-transition" | "cn-2031";

/** A column of the IAQI table. 1 h columns of SO2, NO2 and CO serve the hourly report only (HJ 633-2012 table 1, note 1). */
export type Item =
  | "SO2_24h"
  | "SO2_1h"
  | "NO2_24h"
  | "NO2_1h"
  | "PM10_24h"
  | "CO_24h"
  | "CO_1h"
  | "O3_1h"
  | "O3_8h"
  | "PM2.5_24h";

/** One column: the concentrations at which {@link IAQI_STEPS} are reached, and the sub-index above the last (null: none). */
export type Breakpoints = { readonly at: readonly number[]; readonly above: number | null };

/** Second-class limits of one pollutant, in the integers of `Concentrations`; `day` of O3 is MDA8. Null: the standard sets none. */
export type Limits = { readonly annual: number | null; readonly day: number; readonly hour: number | null };

/**
 * The standards in force for data dated `from` to `to` (both inclusive, "9999-12-31" is open).
 * Chosen by the date of the data, never by today's date.
 */
export type RuleSet = {
  readonly id: RuleSetId;
  /** As the office calls it: 2012标准. */
  readonly name: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly breakpoints: Readonly<Record<Item, Breakpoints>>;
  readonly limits: Readonly<Record<Pollutant, Limits>>;
};

/** Why a period has no single rule set: it crosses a change of standards (`sets` names both sides), or lies before the first. */
export type RuleSetRefusal = {
  readonly refusal: "straddles" | "before-rules";
  readonly sets: readonly RuleSetId[];
};

/**
 * The rule set of a period, or an explicit refusal. A period that straddles 2026-03-01 or 2031-01-01 is not computed as
 * one number unless the caller names a set from {@link RULE_SETS}; so is a comparison of years across a change.
 * Throws when `from` is after `to`.
 */
export function ruleSetFor(from: IsoDate, to: IsoDate): RuleSet | RuleSetRefusal {
  if (from > to) throw new RangeError(`the period ends before it begins: ${from}..${to}`);
  const touched = Object.values(RULE_SETS).filter((set) => from <= set.to && to >= set.from);
  const [only] = touched;
  if (only === undefined || from < only.from)
    return { refusal: "before-rules", sets: touched.map((set) => set.id) };
  return touched.length === 1 ? only : { refusal: "straddles", sets: touched.map((set) => set.id) };
}

/** A stretch of days under one rule set, both dates inclusive. */
export type RulePeriod = { readonly from: IsoDate; readonly to: IsoDate; readonly ruleSet: RuleSet };

/** A period cut where the standards change, oldest part first. Days before the first rule set are in none. */
export function rulePeriods(from: IsoDate, to: IsoDate): RulePeriod[] {
  return Object.values(RULE_SETS)
    .filter((set) => from <= set.to && to >= set.from)
    .map((ruleSet) => ({
      from: from < ruleSet.from ? ruleSet.from : from,
      to: to > ruleSet.to ? ruleSet.to : to,
      ruleSet,
    }));
}

/**
 * Whether a composite index may be printed of days up to `to` under a rule set: HJ 663-2026's weights are not confirmed,
 * so there is none for days from 2026-03-01 under whatever rules, and none under the rules of that day.
 */
export function hasComposite(ruleSet: RuleSet, to: IsoDate): boolean {
  return ruleSet.id === "cn-2012" && to <= ruleSet.to;
}

/** The indices of the table's rows, the same in both editions. HJ 633-2012 cl. 4.1, table 1. */
export const IAQI_STEPS = [0, 50, 100, 150, 200, 300, 400, 500] as const;

/**
 * HJ 633-2012 cl. 4.1, table 1. CO in tenths of mg/m³, otherwise µg/m³.
 * SO2 1 h and O3 8 h above 800 have no sub-index (notes 2 and 3). Above the last row the index is 500 (our choice: the standard is silent).
 */
const HJ_633_2012: RuleSet["breakpoints"] = {
  SO2_24h: { at: [0, 50, 150, 475, 800, 1600, 2100, 2620], above: 500 },
  SO2_1h: { at: [0, 150, 500, 650, 800], above: null },
  NO2_24h: { at: [0, 40, 80, 180, 280, 565, 750, 940], above: 500 },
  NO2_1h: { at: [0, 100, 200, 700, 1200, 2340, 3090, 3840], above: 500 },
  PM10_24h: { at: [0, 50, 150, 250, 350, 420, 500, 600], above: 500 },
  CO_24h: { at: [0, 20, 40, 140, 240, 360, 480, 600], above: 500 },
  CO_1h: { at: [0, 50, 100, 350, 600, 900, 1200, 1500], above: 500 },
  O3_1h: { at: [0, 160, 200, 300, 400, 800, 1000, 1200], above: 500 },
  O3_8h: { at: [0, 100, 160, 215, 265, 800], above: null },
  "PM2.5_24h": { at: [0, 35, 75, 115, 150, 250, 350, 500], above: 500 },
};

/** HJ 633-2026 table 3: index 100 at PM2.5 60 and PM10 120; SO2 1 h above 800 is 200, O3 8 h above 800 is 300. */
const HJ_633_2026: RuleSet["breakpoints"] = {
  ...HJ_633_2012,
  SO2_1h: { ...HJ_633_2012.SO2_1h, above: 200 },
  O3_8h: { ...HJ_633_2012.O3_8h, above: 300 },
  PM10_24h: { at: [0, 50, 120, 250, 350, 420, 500, 600], above: 500 },
  "PM2.5_24h": { at: [0, 35, 60, 115, 150, 250, 350, 500], above: 500 },
};

/** GB 3095-2012 table 1, second class (to be confirmed against the original; agrees with HJ 633-2012 table 1). */
const GB_3095_2012: RuleSet["limits"] = {
  "PM2.5": { annual: 35, day: 75, hour: null },
  PM10: { annual: 70, day: 150, hour: null },
  O3_8h: { annual: null, day: 160, hour: 200 },
  NO2: { annual: 40, day: 80, hour: 200 },
  SO2: { annual: 60, day: 150, hour: 500 },
  CO: { annual: null, day: 40, hour: 100 },
};

/** GB 3095-2026 table 1, transition limits, in force until 2030-12-31 (cl. 4.4). */
const GB_3095_2026_TRANSITION: RuleSet["limits"] = {
  ...GB_3095_2012,
  "PM2.5": { annual: 30, day: 60, hour: null },
  PM10: { annual: 60, day: 120, hour: null },
};

/** GB 3095-2026 table 1, final limits, from 2031-01-01 (cl. 4.4). */
const GB_3095_2026_FINAL: RuleSet["limits"] = {
  ...GB_3095_2012,
  "PM2.5": { annual: 25, day: 50, hour: null },
  PM10: { annual: 50, day: 100, hour: null },
  NO2: { annual: 30, day: 50, hour: 200 },
  SO2: { annual: 20, day: 50, hour: 150 },
};

/**
 * All rule sets, oldest first. `cn-2012` is in force nationwide from 2016-01-01; the pilot cities, those of the Yangtze
 * delta among them, published by it from 2013-01-01 (to be confirmed), which is where it begins here.
 */
export const RULE_SETS: Readonly<Record<RuleSetId, RuleSet>> = {
  "cn-2012": {
    id: "cn-2012",
    name: "2012标准",
    from: "2013-01-01",
    to: "2026-02-28",
    breakpoints: HJ_633_2012,
    limits: GB_3095_2012,
  },
  "cn-2026-transition": {
    id: "cn-2026-transition",
    name: "2026标准（过渡限值）",
    from: "2026-03-01",
    to: "2030-12-31",
    breakpoints: HJ_633_2026,
    limits: GB_3095_2026_TRANSITION,
  },
  "cn-2031": {
    id: "cn-2031",
    name: "2031年起限值",
    from: "2031-01-01",
    to: "9999-12-31",
    breakpoints: HJ_633_2026,
    limits: GB_3095_2026_FINAL,
  },
};
