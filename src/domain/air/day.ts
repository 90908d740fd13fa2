/** A calendar date of the office, `YYYY-MM-DD`; never an instant. */
export type IsoDate = string;

/**
 * The six assessed items, in the order in which several are named together.
 * `O3_8h` is the daily maximum 8 h mean (MDA8); the others are 24 h means.
 * Source: HJ 663-2013 table 1 (to be confirmed against the original), HJ 633-2026 cl. 4.2.2; the order is ours.
 */
export const POLLUTANTS = ["PM2.5", "PM10", "O3_8h", "NO2", "SO2", "CO"] as const;

export type Pollutant = (typeof POLLUTANTS)[number];

/**
 * Rounded daily values as integers in the published unit: µg/m³, and for CO **tenths of mg/m³** (1.2 mg/m³ is 12).
 * `null` is missing or invalid, never 0. The published precision is the input of every formula (HJ 633-2026 cl. 4.2.2).
 */
export type Concentrations = Readonly<Record<Pollutant, number | null>>;

/** One place's rounded values of one day. */
export type AirDay = Concentrations & { readonly date: IsoDate };

/** The unit that a pollutant is published in. */
export type Unit = "µg/m³" | "mg/m³";

/** CO is published in mg/m³, everything else in µg/m³ (GB 3095 table 1). */
export function unitOfItem(pollutant: Pollutant): Unit {
  return pollutant === "CO" ? "mg/m³" : "µg/m³";
}

/** How many of the integer steps of {@link Concentrations} make one published unit: 10 for CO, otherwise 1. */
export function stepsPerUnit(pollutant: Pollutant): 1 | 10 {
  return pollutant === "CO" ? 10 : 1;
}

/** The published figure of a stored integer: `publishedValue("CO", 12)` is 1.2 (mg/m³), `publishedValue("SO2", 12)` is 12 (µg/m³). */
export function publishedValue(pollutant: Pollutant, n: number): number {
  return n / stepsPerUnit(pollutant);
}

/** The short name in tables and sentences: PM2.5、PM10、O₃、NO₂、SO₂、CO. */
export function pollutantLabel(pollutant: Pollutant): string {
  return LABELS[pollutant];
}

const LABELS: Readonly<Record<Pollutant, string>> = {
  "PM2.5": "PM2.5",
  PM10: "PM10",
  O3_8h: "O₃",
  NO2: "NO₂",
  SO2: "SO₂",
  CO: "CO",
};
