import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAmongLast, monthsAmongLast, type Standing } from "../../../src/domain/air/provincial-rank.ts";

describe("the last ten of 54 are 45 to 54, with everyone who shares the place at the border", () => {
  test.each([
    [44, 1, false],
    [45, 1, true],
    [46, 1, true],
    [54, 1, true],
    [44, 2, true],
    [43, 2, false],
    [43, 3, true],
    [1, 1, false],
  ])("rank %i, shared by %i: %s", (rank, tied, among) => {
    expect(isAmongLast({ rank, total: 54, tied }, 10)).toBe(among);
  });

  test("an unknown rank is not among the last", () => {
    expect(isAmongLast({ rank: null, total: 54, tied: 1 }, 10)).toBe(false);
    expect(isAmongLast({ rank: 50, total: null, tied: 1 }, 10)).toBe(false);
  });
});

describe("months in a row among the last, newest first", () => {
  test.each<[string, Standing[], number]>([
    ["none", [], 0],
    ["the newest isn't", ["out", "in", "in"], 0],
    ["three", ["in", "in", "in"], 3],
    ["up to the month that wasn't", ["in", "in", "out", "in"], 2],
    [
      "a month that isn't published yet neither counts nor breaks",
      ["undecided", "in", "undecided", "in", "out"],
      2,
    ],
    ["nothing but unpublished months", ["undecided", "undecided"], 0],
  ])("%s", (_, newestFirst, months) => {
    expect(monthsAmongLast(newestFirst)).toBe(months);
  });

  test("unpublished months can be left out, wherever they stand", () => {
    const standings = fc.array(fc.constantFrom<Standing>("in", "out", "undecided"));
    fc.assert(
      fc.property(standings, (all) => {
        const decided = all.filter((s) => s !== "undecided");
        expect(monthsAmongLast(all)).toBe(monthsAmongLast(decided));
      }),
    );
  });
});
