import { describe, expect, test } from "vitest";
import { brokenTasks, rungOf, timesInARow } from "../../../src/domain/papers/lag-rungs.ts";

const rungs = ["一般提醒", "重点提醒", "预警通报"] as const;

describe("a level rises with each warning in a row, up to the last", () => {
  test.each([
    [1, "一般提醒"],
    [2, "重点提醒"],
    [3, "预警通报"],
    [9, "预警通报"],
  ])("%i in a row: %s", (inARow, rung) => {
    expect(rungOf(inARow, rungs)).toBe(rung);
  });
});

test("a row goes on where the warning before named the same share, and begins anew otherwise", () => {
  const before = [
    { id: "boilers", share: null, inARow: 2 },
    { id: "piles", share: "east", inARow: 1 },
  ];
  expect(timesInARow({ id: "boilers", share: null }, before)).toBe(3);
  expect(timesInARow({ id: "piles", share: "east" }, before)).toBe(2);
  expect(timesInARow({ id: "piles", share: "west" }, before)).toBe(1);
  expect(timesInARow({ id: "boilers", share: null }, [])).toBe(1);
});

describe("a promise is broken by what still lags after its day", () => {
  const promise = { on: "2020-06-30", tasks: [{ id: "boilers", share: null }] };
  const lagging = [
    { id: "boilers", share: null },
    { id: "piles", share: null },
  ];
  test.each([
    ["2020-06-30", 0],
    ["2020-07-01", 1],
  ])("on %s %i task", (today, broken) => {
    expect(brokenTasks(promise, lagging, today)).toHaveLength(broken);
  });
  test("what has caught up is kept", () => {
    expect(brokenTasks(promise, lagging.slice(1), "2020-07-16")).toEqual([]);
  });
});
