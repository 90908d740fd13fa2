import { own } from "../own.ts";

/** What is done, and what of it can be checked: 可操作、可监测、可核查. */
export type OrderedMeasure = { measure: string; indicator: string };

/** Measures of a level by the grade of an enterprise; `other` holds for grades that aren't named. */
export type ByGrade = Readonly<Record<string, readonly OrderedMeasure[]>>;

/**
 * What an enterprise does at a level: what its own list says (一厂一策), and where that says nothing what the pack says of its
 * grade. Nothing at all: it is ordered nothing.
 */
export const measuresOf = (
  grade: string,
  listed: readonly OrderedMeasure[],
  byGrade: ByGrade,
): readonly OrderedMeasure[] =>
  listed.length > 0
    ? listed.map(({ measure, indicator }) => ({ measure, indicator }))
    : (own(byGrade, grade) ?? own(byGrade, "other") ?? []);

/**
 * How many of the enterprises that were ordered something are looked at on the spot: a share in percent, rounded up, so that
 * no response goes without.
 */
export const checksOf = (ordered: number, pct: number): number => Math.ceil((ordered * pct) / 100);
