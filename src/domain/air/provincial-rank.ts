/** A county's place in the province's ranking of a month. */
export type ProvincialPlace = {
  /** Null where the county is in neither of the lists that are made public. */
  readonly rank: number | null;
  /** How many counties are ranked; null where nobody says it. */
  readonly total: number | null;
  /** How many share the rank, the county included: they take as many places, and the next rank is skipped. */
  readonly tied: number;
};

/** Whether a county is among the last of a month; `undecided`: the month isn't published yet. */
export type Standing = "in" | "out" | "undecided";

/**
 * Whether a place is among the last `bottom` (后10位). Everyone who shares the place at the border is in, so that there may
 * be more than `bottom`; an unknown rank is not among the last, since those are made public.
 * Source: notes of the provincial ranking (苏环办〔2018〕535号), lists of 2022-02.
 */
export function isAmongLast({ rank, total, tied }: ProvincialPlace, bottom: number): boolean {
  return rank !== null && total !== null && rank + tied - 1 > total - bottom;
}

/**
 * How many months in a row, up to the newest decided one, a county is among the last (连续N个月后10位).
 * `newestFirst` holds one standing for each calendar month; one that isn't published yet neither counts nor breaks.
 * Source: the plan's rule of 约谈; what an unpublished month does is our own.
 */
export function monthsAmongLast(newestFirst: readonly Standing[]): number {
  let months = 0;
  for (const standing of newestFirst) {
    if (standing === "out") break;
    if (standing === "in") months += 1;
  }
  return months;
}
