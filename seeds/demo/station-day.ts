import type { DemoItem } from "./gaps.ts";

/**
 * One station's day. Whole µg/m³, CO in whole tenths of mg/m³, null: the item is missing.
 * A station that sent nothing on a day has no row.
 */
export interface StationDay extends Record<DemoItem, number | null> {
  station: string;
  date: string;
}
