import type { Concentrations } from "./day.ts";
import { dayFromHours, HOURLY_ITEMS, type HourlyItem, type LabelledHour } from "./hours.ts";

const HOURS = 24;
/** Hours that come within so many of their end still say how it is now. */
const STILL_NOW = 3;

/**
 * The day as it would be if each item stayed at its present level: the hours so far, and the newest value for those after `until`.
 * An item that has no value within the last three hours has no level, and what has come of it has to make the day by itself.
 * Source: our own rule (domain document, section 5: mean so far and the remaining hours at the current level).
 */
export function outlookOfDay(hours: readonly LabelledHour[], until: number): Concentrations {
  const known = hours.filter(({ label }) => label <= until).toSorted((a, b) => b.label - a.label);
  const level = (item: HourlyItem) =>
    known.find((hour) => hour[item] !== null && hour.label > until - STILL_NOW)?.[item] ?? null;
  const stays = Object.fromEntries(HOURLY_ITEMS.map((item) => [item, level(item)]));
  const rest = Array.from(
    { length: HOURS - until },
    (_, i) => ({ ...stays, label: until + i + 1 }) as LabelledHour,
  );
  return dayFromHours([...known, ...rest]);
}
