/** A region by its newest month of dustfall that has a value: t/(km²·30 d), as it is printed. */
export type DustfallStanding = { readonly month: string; readonly value: number; readonly over: boolean };

/**
 * Where a region stands: by the newest of its months that has a value and was judged, so that a month whose samples were all
 * lost neither tightens nor lifts anything. Months are YYYY-MM; null where none was judged.
 * Our own rule for measure 26: the consequences last from the month that is over to the one that meets the limit.
 */
export function dustfallStanding(
  months: readonly { month: string; value: number | null; keeps: boolean | null }[],
): DustfallStanding | null {
  let newest: DustfallStanding | null = null;
  for (const { month, value, keeps } of months)
    if (value !== null && keeps !== null && month > (newest?.month ?? ""))
      newest = { month, value, over: !keeps };
  return newest;
}
