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
/** No air is free of particles: a mean of none is an instrument that stood still. */
const NEVER_NONE: ReadonlySet<Pollutant> = new Set(["PM2.5", "PM10"]);
/** What data loggers write where a value is missing (domain document, section 13). */
const FILLER = /^([-−]9{2,}(\.9*)?|999+(\.[09]*)?)$/;
const FILLER_OF_CO = /^9{2,}(\.[09]*)?$/;
/** Of CO three more, so that µg/m³ is read exactly. */
const decimalsOf = (pollutant: Pollutant) => (pollutant === "CO" ? 6 : 3);

/**
 * A daily mean from its text, in the stored integer of the published unit (µg/m³; CO in tenths of mg/m³), rounded half to
 * even from the exact text (GB/T 8170); null when missing. Refuses negative values, particles of none, more than three decimals (six of CO), the fillers of data loggers and values out of range.
 */
export function readConcentration(pollutant: Pollutant, text: string): Read<number | null> {
  const quick = quickConcentration(pollutant, text);
  if (quick !== null) return { value: quick };
  if (isMissing(text)) return { value: null };
  const plain = text.length > LONGEST ? "" : text.normalize("NFKC").trim();
  if (FILLER.test(plain) || (pollutant === "CO" && FILLER_OF_CO.test(plain)))
    return { reason: `${plain}像是缺测的填充值，没有数据请留空` };
  const decimals = decimalsOf(pollutant);
  const scale = 10 ** decimals;
  const scaled = readScaled(text, decimals);
  if ("reason" in scaled) return scaled;
  if (scaled.value > LARGEST[pollutant] * scale) {
    if (pollutant === "CO") return { reason: "一氧化碳单位应为 mg/m³，请换算后再填" };
    return { reason: `超出合理范围（0至${LARGEST[pollutant]} µg/m³），请核对` };
  }
  const value = halfEvenRatio(scaled.value * stepsPerUnit(pollutant), scale, 0);
  return value === 0 && NEVER_NONE.has(pollutant)
    ? { reason: `${pollutant}不会是0，像是缺测；没有数据请留空` }
    : { value };
}

/** What no instrument shows: beyond it a figure of an hour is a slip of whoever wrote it. */
const NO_INSTRUMENT = 20_000;

/**
 * The mean of an hour as an instrument sent it: as {@link readConcentration}, but what is below 0, 0 or out of range is taken as
 * it is, since the checks of hours doubt it (domain document, section 5). Fillers, and CO in µg/m³, are refused all the same.
 */
export function readHourConcentration(pollutant: Pollutant, text: string): Read<number | null> {
  const read = readConcentration(pollutant, text);
  if ("value" in read) return read;
  const plain = text.length > LONGEST ? "" : text.normalize("NFKC").trim();
  const filler = FILLER.test(plain) || (pollutant === "CO" && FILLER_OF_CO.test(plain));
  const [, sign, figure = ""] = /^([-−]?)(.*)$/.exec(plain) ?? [];
  const scaled = readScaled(figure, decimalsOf(pollutant));
  if (filler || "reason" in scaled) return read;
  const scale = 10 ** decimalsOf(pollutant);
  if (scaled.value > (pollutant === "CO" ? LARGEST.CO : NO_INSTRUMENT) * scale) return read;
  const value = halfEvenRatio(scaled.value * stepsPerUnit(pollutant), scale, 0);
  return { value: sign === "" || value === 0 ? value : -value };
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
  // Fillers are read at leisure.
  if (n === 0 && NEVER_NONE.has(pollutant)) return null;
  if (n === 999 || n === 9999 || (n === 99 && pollutant === "CO")) return null;
  const stored = tenths ? n : n * stepsPerUnit(pollutant);
  return stored <= LARGEST[pollutant] * stepsPerUnit(pollutant) ? stored : null;
}

const POINT = 46;
/** Longer than any figure: what is longer isn't looked into. */
const LONGEST = 40;
