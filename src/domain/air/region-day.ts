import { halfEvenRatio } from "../rounding.ts";
import { type Concentrations, POLLUTANTS } from "./day.ts";

/**
 * A county's or city's day: for each pollutant the mean of its valid stations' days, rounded half to even to the
 * published integer (CO: tenths of mg/m³). A pollutant is missing (`null`) when fewer than 75 % of the `assessed`
 * stations are valid, or fewer than 50 % where there are fewer than four.
 * Source: HJ 663-2013 annex A and GB 3095-2012 table 4 (to be confirmed against the original); domain document 2.1, 2.4.
 */
export function meanDay(stationDays: readonly Concentrations[], assessed: number): Concentrations {
  return meanOfStations(POLLUTANTS, stationDays, assessed);
}

/** The same for any items of stations: an hour of a county or city is the mean of its valid stations' hours. */
export function meanOfStations<Item extends string>(
  items: readonly Item[],
  ofStations: readonly Readonly<Record<Item, number | null>>[],
  assessed: number,
): Record<Item, number | null> {
  const needed = assessed < 4 ? assessed * 0.5 : assessed * 0.75;
  const mean = {} as Record<Item, number | null>;
  for (const item of items) {
    let [sum, valid] = [0, 0];
    for (const station of ofStations) {
      const value = station[item];
      if (value === null) continue;
      sum += value;
      valid += 1;
    }
    mean[item] = valid > 0 && valid >= needed ? halfEvenRatio(sum, valid, 0) : null;
  }
  return mean;
}
