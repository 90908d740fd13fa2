import { figure } from "../chat/wording.ts";
import { HOURLY_ITEMS, type HourlyItem, type HourValues } from "../domain/air/hours.ts";

// How hours of stations are shown.

/** An hour comes within an hour of its end (HJ 633-2012 cl. 5.1.3); what is older isn't fresh. */
export const FRESH_HOURS = 1;

export const HOUR_LABELS: Readonly<Record<HourlyItem, string>> = {
  "PM2.5": "PM2.5",
  PM10: "PM10",
  O3: "O₃",
  NO2: "NO₂",
  SO2: "SO₂",
  CO: "CO",
};
export const HOUR_NOTE = {
  kind: "note" as const,
  text: "小时均值，CO为mg/m³，其余为µg/m³；县（市、区）为各站点均值，站点不足的不计；未经审核，仅供参考",
};

export function hourValueWords(values: HourValues): string[] {
  return HOURLY_ITEMS.map((item) => {
    const value = values[item];
    return item === "CO" ? figure(value === null ? null : value / 10, 1) : figure(value);
  });
}

export const hourValueFacts = (values: HourValues) =>
  Object.fromEntries(
    HOURLY_ITEMS.map((item) => {
      const value = values[item];
      return [item, item === "CO" && value !== null ? value / 10 : value];
    }),
  );
