/** One unit to be ranked: its **published** value (null: none, with the reason) and its place among equals, usually the administrative code. */
export type Rankable<T> = {
  readonly key: T;
  readonly value: number | null;
  readonly order: number;
  readonly reason?: string;
};

export type Ranked<T> = {
  readonly rank: number;
  readonly key: T;
  readonly value: number;
  readonly tied: boolean;
};
export type Unranked<T> = { readonly key: T; readonly reason: string };
export type Ranking<T> = { readonly ranked: readonly Ranked<T>[]; readonly unranked: readonly Unranked<T>[] };

/** The reason given for a unit without a value when the caller names none. */
export const INSUFFICIENT_DATA = "数据有效性不足";

/**
 * Ranks by published value, best first: `ascending` for concentrations, composite index, dustfall and change rates,
 * `descending` for 优良率 and its gain in points. Equal values share a rank and the next is skipped (1, 1, 3); equals stand
 * in ascending `order`. Units without a value come apart, unranked, with a reason. Throws on NaN.
 * Source: notes of the provincial ranking (苏环办〔2018〕535号): 并列的区县按行政区划代码排列.
 */
export function rankBy<T>(rows: readonly Rankable<T>[], direction: "ascending" | "descending"): Ranking<T> {
  const sign = direction === "ascending" ? 1 : -1;
  const inOrder = [...rows].sort((a, b) => a.order - b.order);
  const valued = inOrder.flatMap(({ key, value }) => (value === null ? [] : [{ key, value }]));
  if (valued.some(({ value }) => !Number.isFinite(value)))
    throw new RangeError("a value to be ranked is no number");
  // The sort is stable, so equals keep `order`.
  valued.sort((a, b) => sign * (a.value - b.value));

  const ranked: Ranked<T>[] = [];
  valued.forEach(({ key, value }, i) => {
    const before = ranked[i - 1];
    const tiedBefore = before?.value === value;
    ranked.push({
      rank: tiedBefore ? before.rank : i + 1,
      key,
      value,
      tied: tiedBefore || valued[i + 1]?.value === value,
    });
  });
  const unranked = inOrder
    .filter((row) => row.value === null)
    .map((row) => ({ key: row.key, reason: row.reason ?? INSUFFICIENT_DATA }));
  return { ranked, unranked };
}

/** 前N位, best first: everyone tied with the Nth is in, so it may hold more than N. */
export function topN<R extends { readonly rank: number }>(ranked: readonly R[], n: number): readonly R[] {
  return ranked.filter((row) => row.rank <= n);
}

/** 后N位, in the ranking's order: everyone tied with the Nth from the end is in, so it may hold more than N. */
export function bottomN<R extends { readonly rank: number }>(ranked: readonly R[], n: number): readonly R[] {
  if (n <= 0) return [];
  const boundary = ranked[Math.max(0, ranked.length - n)];
  return boundary === undefined ? [] : ranked.filter((row) => row.rank >= boundary.rank);
}
