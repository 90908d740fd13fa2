import type { Block } from "../chat/card.ts";
import { figure } from "../chat/wording.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourlyItem, type HourValues } from "../domain/air/hours.ts";
import { hourWords, type LiveAir, type LiveStation } from "./live.ts";

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

/** A table of newest hours: in each row whose, which hour, the six items, and a count of what it rests on. */
export const hourTable = (whose: string, counted: string, rows: string[][]): Block => ({
  kind: "table",
  columns: [
    { title: whose },
    { title: "时间" },
    ...HOURLY_ITEMS.map((item) => ({ title: HOUR_LABELS[item], align: "end" as const })),
    { title: counted, align: "end" },
  ],
  rows,
});

/** A station's newest hour, and how many of the day's hours so far it has. */
export const stationCells = (
  { station, newest, hours }: LiveStation,
  { hoursOver }: Pick<LiveAir, "hoursOver">,
): string[] => [station.name, ...hourCells(newest?.hour ?? null, newest, "无数据"), `${hours}/${hoursOver}`];

/** The mean of a place in its newest hour. */
export const meanCells = ({ region, hour, mean }: LiveAir): string[] => [
  `${region.short}（均值）`,
  ...hourCells(hour, mean, "—"),
  "",
];

/** The hour and its six values; where there is no hour, no values either. */
export const hourCells = (hour: HourNumber | null, values: HourValues | null, none: string): string[] =>
  hour === null || values === null
    ? [none, ...HOURLY_ITEMS.map(() => "—")]
    : [hourWords(hour), ...hourValueWords(values)];
