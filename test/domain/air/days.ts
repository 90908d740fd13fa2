import fc from "fast-check";
import type { AirDay, Concentrations, IsoDate } from "../../../src/domain/air/day.ts";

/** Clean air, save for what the story mentions. CO in tenths of mg/m³. */
export function aDay(values: Partial<Concentrations>): Concentrations {
  return { "PM2.5": 10, PM10: 20, O3_8h: 30, NO2: 10, SO2: 5, CO: 5, ...values };
}

/** Every date of a period with the same clean air, save for what `values` gives for its place. */
export function daysFrom(
  from: IsoDate,
  count: number,
  values: (i: number) => Partial<Concentrations> = () => ({}),
): AirDay[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: count }, (_, i) => ({
    date: first.add({ days: i }).toString(),
    ...aDay(values(i)),
  }));
}

const value = (max: number) =>
  fc.oneof({ weight: 8, arbitrary: fc.nat(max) }, { weight: 1, arbitrary: fc.constant(null) });

/** Any day: clean, filthy, with holes. */
export const someDay: fc.Arbitrary<Concentrations> = fc.record({
  "PM2.5": value(550),
  PM10: value(650),
  O3_8h: value(850),
  NO2: value(200),
  SO2: value(200),
  CO: value(70),
});
