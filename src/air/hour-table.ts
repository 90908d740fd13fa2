import type { Block } from "../chat/card.ts";
import type { HourNumber } from "../domain/air/hour-number.ts";
import { HOURLY_ITEMS, type HourValues } from "../domain/air/hours.ts";
import { hourWords, type LiveAir, type LiveStation } from "./live.ts";
import { HOUR_LABELS, hourValueWords } from "./live-words.ts";

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
