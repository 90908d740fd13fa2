import { hoursOfDay } from "../domain/air/hour-number.ts";
import { POLLUTION_RULES } from "../domain/alerts/readings.ts";
import type { Period } from "../domain/period.ts";
import type { Alert } from "../store/alerts.ts";
import type { Reader } from "../store/store.ts";

/** How many anomalies of the air began in a period, and what they came from. */
export type AlertCounts = { begun: number; causes: readonly (readonly [cause: string, n: number])[] };

/** How often each cause was given, the most first; those without one last. */
export function causeCounts(alerts: readonly Pick<Alert, "cause" | "rule">[]): [cause: string, n: number][] {
  const given = alerts.flatMap(({ rule, cause }) =>
    (POLLUTION_RULES as readonly string[]).includes(rule) ? [cause ?? UNKNOWN] : [],
  );
  return [...Map.groupBy(given, (cause) => cause)]
    .map(([cause, all]): [string, number] => [cause, all.length])
    .sort((a, b) => Number(a[0] === UNKNOWN) - Number(b[0] === UNKNOWN) || b[1] - a[1]);
}
const UNKNOWN = "未填原因";

/** ，其中工地扬尘2件、未填原因1件. */
export const causeWords = (causes: AlertCounts["causes"]): string =>
  causes.length === 0 ? "" : `，其中${causes.map(([cause, n]) => `${cause}${n}件`).join("、")}`;

/** 站点异常3件，其中工地扬尘2件、未填原因1件. */
export const alertCountWords = ({ begun, causes }: AlertCounts): string =>
  `站点异常${begun}件${causeWords(causes)}`;

/** The same of the whole city in a period; null where there was none. */
export async function alertsWithin(
  { from, to }: Pick<Period, "from" | "to">,
  store: Reader,
): Promise<AlertCounts | null> {
  const [{ first }, { last }] = [hoursOfDay(from.toString()), hoursOfDay(to.toString())];
  const begun = await store.alerts.begun(first, last, POLLUTION_RULES);
  return begun.length === 0 ? null : { begun: begun.length, causes: causeCounts(begun) };
}
