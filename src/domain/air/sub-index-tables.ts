import { DAILY_ITEM, iaqi, OZONE_BEYOND_TABLE } from "./aqi.ts";
import type { Pollutant } from "./day.ts";
import { POLLUTANTS } from "./day.ts";
import type { RuleSet } from "./rules.ts";

/** Daily sub-indices by concentration; the last entry stands for everything above the column's last row. */
export type SubIndexTables = Readonly<Record<Pollutant, Int16Array>>;

/**
 * The daily columns of a rule set written out value by value, so that a period of days costs one read per value.
 * Holds exactly what `iaqi` says, save that O3 above its column is {@link OZONE_BEYOND_TABLE} where the column gives no index.
 */
export function subIndexTables(ruleSet: RuleSet): SubIndexTables {
  let tables = written.get(ruleSet);
  if (tables === undefined) {
    tables = Object.fromEntries(POLLUTANTS.map((p) => [p, column(ruleSet, p)])) as Record<
      Pollutant,
      Int16Array
    >;
    written.set(ruleSet, tables);
  }
  return tables;
}

// A function of the rule set alone, kept because writing a column out takes longer than a year of days.
const written = new WeakMap<RuleSet, SubIndexTables>();

function column(ruleSet: RuleSet, pollutant: Pollutant): Int16Array {
  const item = DAILY_ITEM[pollutant];
  const lastRow = ruleSet.breakpoints[item].at.at(-1) as number;
  return Int16Array.from(
    { length: lastRow + 2 },
    (_, value) => iaqi(ruleSet, item, value) ?? OZONE_BEYOND_TABLE,
  );
}
