import type { IsoDate } from "../domain/air/day.ts";

type Validity = { validFrom: string | null; validTo: string | null };

/** Whether a station counts on some day within [from, to]; on one day, without `to`. */
export const isInUse = ({ validFrom, validTo }: Validity, from: IsoDate, to: IsoDate = from): boolean =>
  (validFrom ?? "") <= to && from <= (validTo ?? "9999");

/** The stations in use on a day that bear a name, or, where none does, those whose name holds it. */
export function stationsCalled<S extends Validity & { name: string }>(
  name: string,
  stations: readonly S[],
  day: IsoDate,
): S[] {
  const all = stations.filter((one) => isInUse(one, day));
  const exact = all.filter((one) => one.name === name);
  return exact.length > 0 ? exact : all.filter((one) => one.name.includes(name));
}
