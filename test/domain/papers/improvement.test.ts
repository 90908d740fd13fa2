import { describe, expect, test } from "vitest";
import {
  meanImprovement,
  rateImprovement,
  requiredChangePct,
} from "../../../src/domain/papers/improvement.ts";

describe("what a target asks of a mean, in percent of last year's", () => {
  test.each([
    ["36", { sum: 400, days: 10 }, -10],
    ["36.5", { sum: 400, days: 10 }, -8.8],
    ["40", { sum: 400, days: 10 }, 0],
    ["45", { sum: 400, days: 10 }, 0],
    ["36", { sum: 0, days: 0 }, null],
    // 37.7 on 365 days: (36 − 37.7) ÷ 37.7 = −4.509…
    ["36", { sum: 13761, days: 365 }, -4.5],
  ])("%s of %o: %s", (target, lastYear, required) => {
    expect(requiredChangePct(target, lastYear)).toBe(required);
  });
});

describe("a mean is behind where it has fallen by less than it has to", () => {
  test.each([
    [-1.2, -4, 2.8],
    [-4, -4, 0],
    [-6.1, -4, -2.1],
    [3.3, 0, 3.3],
    [3.3, -4.1, 7.4],
  ])("%s where %s is asked: short by %s", (actual, required, short) => {
    expect(meanImprovement(actual, required)?.short).toBe(short);
  });
});

describe("a rate is behind where it has risen by less than it has to", () => {
  test.each([
    [1.2, 2, 0.8],
    [2, 2, 0],
    [-0.3, 0, 0.3],
    [5.1, 2, -3.1],
  ])("%s where %s is asked: short by %s", (actual, required, short) => {
    expect(rateImprovement(actual, required)?.short).toBe(short);
  });
});

test("what can't be compared, or isn't asked for, is no shortfall", () => {
  expect(meanImprovement(null, -4)).toBeNull();
  expect(meanImprovement(-4, null)).toEqual({ actual: -4, required: null, short: 0 });
  expect(rateImprovement(null, 2)).toBeNull();
  expect(rateImprovement(1, null)).toEqual({ actual: 1, required: null, short: 0 });
});
