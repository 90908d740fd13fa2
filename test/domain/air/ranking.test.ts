import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bottomN, type Rankable, rankBy, topN } from "../../../src/domain/air/ranking.ts";

const rows = (...values: [string, number | null][]): Rankable<string>[] =>
  values.map(([key, value], order) => ({ key, value, order }));

describe("ranks", () => {
  test("equal values share a rank, the next is skipped, and equals stand in the order of their codes", () => {
    const { ranked } = rankBy(rows(["启东", 30], ["如东", 28], ["海安", 28], ["海门", 31]), "ascending");
    expect(ranked).toEqual([
      { rank: 1, key: "如东", value: 28, tied: true },
      { rank: 1, key: "海安", value: 28, tied: true },
      { rank: 3, key: "启东", value: 30, tied: false },
      { rank: 4, key: "海门", value: 31, tied: false },
    ]);
  });

  test("rates rank from the highest down", () => {
    const { ranked } = rankBy(rows(["启东", 80.8], ["如东", 85.2]), "descending");
    expect(ranked.map((row) => row.key)).toEqual(["如东", "启东"]);
  });

  test("a unit without a value stands apart with its reason and no rank", () => {
    const { ranked, unranked } = rankBy(
      [...rows(["启东", 30], ["如东", null]), { key: "通州湾", value: null, order: 9, reason: "未设站点" }],
      "ascending",
    );
    expect(ranked.map((row) => row.key)).toEqual(["启东"]);
    expect(unranked).toEqual([
      { key: "如东", reason: "数据有效性不足" },
      { key: "通州湾", reason: "未设站点" },
    ]);
  });

  test("NaN is an error rather than a place", () => {
    expect(() => rankBy(rows(["启东", Number.NaN]), "ascending")).toThrow(RangeError);
  });
});

test("the first and the last N take in everyone tied at the boundary", () => {
  const { ranked } = rankBy(rows(["a", 1], ["b", 2], ["c", 2], ["d", 3], ["e", 3], ["f", 4]), "ascending");
  const names = (some: readonly { key: string }[]) => some.map((row) => row.key).join("");
  expect([0, 1, 2, 3, 9].map((n) => names(topN(ranked, n)))).toEqual(["", "a", "abc", "abc", "abcdef"]);
  expect([0, 1, 2, 3, 9].map((n) => names(bottomN(ranked, n)))).toEqual(["", "f", "def", "def", "abcdef"]);
  expect(bottomN([], 3)).toEqual([]);
});

test("a rank is one more than the number of better units, whatever order they come in", () => {
  const some = fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { maxLength: 30 });
  fc.assert(
    fc.property(some, fc.constantFrom("ascending" as const, "descending" as const), (values, direction) => {
      const given = values.map((value, i) => ({ key: i, value, order: i }));
      const { ranked, unranked } = rankBy(given, direction);
      expect(ranked.length + unranked.length).toBe(values.length);
      for (const row of ranked) {
        const better = ranked.filter((other) =>
          direction === "ascending" ? other.value < row.value : other.value > row.value,
        );
        expect(row.rank).toBe(better.length + 1);
        expect(row.tied).toBe(ranked.filter((other) => other.value === row.value).length > 1);
      }
      expect(rankBy([...given].reverse(), direction)).toEqual({ ranked, unranked });
      for (const n of [1, 3]) {
        expect(topN(ranked, n).length).toBeGreaterThanOrEqual(Math.min(n, ranked.length));
        expect(bottomN(ranked, n).length).toBeGreaterThanOrEqual(Math.min(n, ranked.length));
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});
