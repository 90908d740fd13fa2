import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import { targetConflicts } from "../../../src/domain/plan/target-conflicts.ts";
import type { TargetSpan } from "../../../src/domain/plan/target-span.ts";

const MEAN = { direction: "at-most", least: 0, most: 200 } as const;
const RATE = { direction: "at-least", least: 0, most: 100 } as const;
const conflicts = (scale: typeof MEAN | typeof RATE, said: Record<string, number>) =>
  targetConflicts(
    new Map(Object.entries(said).map(([span, value]) => [span as TargetSpan, new Decimal(value)])),
    scale,
    2020,
  ).map(({ whole, parts }) => `${whole}: ${parts.join(" ")}`);

// April and June have 30 days, May 31: the second quarter 91.
test.each([
  ["months that keep the quarter", MEAN, { q2: 25, m04: 25, m05: 25, m06: 25 }, []],
  ["months that miss it by less than its decimals", MEAN, { q2: 25, m04: 26, m05: 25, m06: 25 }, []],
  ["months that miss it", MEAN, { q2: 25, m04: 27, m05: 25, m06: 25 }, ["q2: m04 m05 m06"]],
  ["the same with a decimal", MEAN, { q2: 25.1, m04: 26, m05: 25, m06: 25 }, ["q2: m04 m05 m06"]],
  ["one month that leaves the others room", MEAN, { q2: 25, m06: 70 }, []],
  ["one month that leaves them none", MEAN, { q2: 25, m06: 80 }, ["q2: m06"]],
  ["months of another quarter", MEAN, { q2: 25, m07: 80, m08: 80, m09: 80 }, []],
  ["a month without its quarter", MEAN, { m06: 80, year: 20 }, []],
  ["quarters that miss the year", MEAN, { year: 36, q1: 60, q2: 30, q3: 25, q4: 45 }, ["year: q1 q2 q3 q4"]],
  ["a rate that full marks would still bring", RATE, { q2: 90, m06: 70 }, []],
  ["a rate that they wouldn't", RATE, { q2: 95, m06: 80 }, ["q2: m06"]],
])("%s", (_, scale, said, expected) => {
  expect(conflicts(scale, said)).toEqual(expected);
});
