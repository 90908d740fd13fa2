import { halfEvenRatio } from "../rounding.ts";
import { type Concentrations, POLLUTANTS, type Pollutant } from "./day.ts";

/**
 * A county's or city's day: for each pollutant the mean of its valid stations' days, rounded half to even to the
 * published integer (CO: tenths of mg/m³). A pollutant is missing (`null`) when fewer than 75 % of the `assessed`
 * stations are valid, or fewer than 50 % where there are fewer than four.
 * Source: HJ 663-2013 annex A and GB 3095-2012 table 4 (to be confirmed against the original); domain document 2.1, 2.4.
 */
export function meanDay(stationDays: readonly Concentrations[], assessed: number): Concentrations {
  const needed = assessed < 4 ? assessed * 0.5 : assessed * 0.75;
  const day: Record<Pollutant, number | null> = {
    "PM2.5": null,
    PM10: null,
    O3_8h: null,
    NO2: null,
    SO2: null,
    CO: null,
  };
  for (const pollutant of POLLUTANTS) {
    let [sum, valid] = [0, 0];
    for (const station of stationDays) {
      const value = station[pollutant];
      if (value === null) continue;
      sum += value;
      valid += 1;
    }
    if (valid > 0 && valid >= needed) day[pollutant] = halfEvenRatio(sum, valid, 0);
  }
  return day;
}
