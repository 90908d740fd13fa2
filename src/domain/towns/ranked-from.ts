import type { IsoDate } from "../air/day.ts";
import type { Mechanism, Region } from "../plan/pack.ts";

export const TOWN_RANKING = "town-ranking";

/**
 * The day by which the plan has a county's towns ranked: a ranking is of a period that ends on it or later. Null where the
 * plan ranks no towns.
 */
export function townsRankedFrom(
  mechanisms: readonly Mechanism[],
  { short }: Pick<Region, "short">,
): IsoDate | null {
  const rule = mechanisms.find(({ id }) => id === TOWN_RANKING)?.parameters;
  if (rule === undefined) return null;
  const isFirst = String(rule.first ?? "")
    .split("、")
    .includes(short);
  const from = (isFirst ? rule.firstBy : undefined) ?? rule.othersBy;
  return typeof from === "string" ? from : null;
}
