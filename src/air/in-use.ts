import type { IsoDate } from "../domain/air/day.ts";

type Validity = { validFrom: string | null; validTo: string | null };

/** Whether a station counts on some day within [from, to]; on one day, without `to`. */
export const isInUse = ({ validFrom, validTo }: Validity, from: IsoDate, to: IsoDate = from): boolean =>
  (validFrom ?? "") <= to && from <= (validTo ?? "9999");
