import { type Pollutant, stepsPerUnit } from "../domain/air/day.ts";
import type { Read } from "../domain/reading.ts";
import { halfEvenRatio } from "../domain/rounding.ts";
import { isMissing, readScaled } from "./cells.ts";

/** Above these a value is a mistake rather than pollution (domain document, section 5); for CO it is the unit (section 0.1). */
const LARGEST: Readonly<Record<Pollutant, number>> = {
  "PM2.5": 1000,
  PM10: 2000,
  SO2: 2620,
  NO2: 3840,
  O3_8h: 1200,
  CO: 50,
};
const DECIMALS = 3;
const SCALE = 10 ** DECIMALS;

/**
 * A daily mean from its text, in the stored integer of the published unit (µg/m³; CO in tenths of mg/m³), rounded half to
 * even from the exact text (GB/T 8170); null when missing. Refuses negative values, more than three decimals and values out of range.
 */
export function readConcentration(pollutant: Pollutant, text: string): Read<number | null> {
  const quick = quickConcentration(pollutant, text);
  if (quick !== null) return { value: quick };
  if (isMissing(text)) return { value: null };
  const scaled = readScaled(text, DECIMALS);
  if ("reason" in scaled) return scaled;
  if (scaled.value > LARGEST[pollutant] * SCALE) {
    if (pollutant === "CO") return { reason: "一氧化碳单位应为 mg/m³，请换算后再填" };
    return { reason: `超出合理范围（0至${LARGEST[pollutant]} μg/m³），请核对` };
  }
  return { value: halfEvenRatio(scaled.value * stepsPerUnit(pollutant), SCALE, 0) };
}

/**
 * The same for the texts that nearly all cells are: one to four digits, and for CO one more after the point.
 * @returns null for anything else, which {@link readConcentration} reads at leisure.
 */
export function quickConcentration(pollutant: Pollutant, text: string): number | null {
  const tenths = pollutant === "CO" && text.length > 2 && text.charCodeAt(text.length - 2) === POINT;
  const end = tenths ? text.length - 2 : text.length;
  if (end === 0 || end > 4) return null;
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    if (i === end && tenths) continue;
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return null;
    n = n * 10 + digit;
  }
  const stored = tenths ? n : n * stepsPerUnit(pollutant);
  return stored <= LARGEST[pollutant] * stepsPerUnit(pollutant) ? stored : null;
}

const POINT = 46;
