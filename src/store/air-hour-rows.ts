import type { Suspicion } from "../domain/air/hour-checks.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import type { HourlyItem, HourValues } from "../domain/air/hours.ts";

/** The six items in a raw select, each under its own name, so that a row holds {@link HourValues}. */
export const SIX_OF_HOUR =
  'pm25 as "PM2.5", pm10 as "PM10", o3 as "O3", no2 as "NO2", so2 as "SO2", co as "CO"';
export const HOUR_COLUMNS: Readonly<Record<HourlyItem, string>> = {
  "PM2.5": "pm25",
  PM10: "pm10",
  O3: "o3",
  NO2: "no2",
  SO2: "so2",
  CO: "co",
};

/** An hour as it stands, what is doubted of it too. */
export type StandingHour = HourValues & { hour: HourNumber; suspect: string | null };

export const suspicionOf = ({ suspect }: { suspect: string | null }): Suspicion | null =>
  suspect === null ? null : (JSON.parse(suspect) as Suspicion);

/** Hours of stations that are new or others than they were, and whether any of a station's is a correction. */
export type ChangedHours = ReadonlyMap<string, { hours: readonly HourNumber[]; corrected: boolean }>;

/** Hours as spans [first, last], those put together that lie no further apart than `apart`. */
export function spansOf(hours: readonly HourNumber[], apart: number): [HourNumber, HourNumber][] {
  const spans: [HourNumber, HourNumber][] = [];
  for (const hour of hours.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && hour - last[1] <= apart) last[1] = hour;
    else spans.push([hour, hour]);
  }
  return spans;
}
