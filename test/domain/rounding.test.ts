import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ceilRatio, floorRatio, halfEven, halfEvenRatio } from "../../src/domain/rounding.ts";

describe("half to even, decided on the exact ratio", () => {
  test.each([
    ["34.5 → 34", 345, 10, 0, 34],
    ["35.5 → 36", 355, 10, 0, 36],
    ["36.5 → 36", 365, 10, 0, 36],
    ["36.51 → 37", 3651, 100, 0, 37],
    ["35.46 → 35, not by way of 35.5", 3546, 100, 0, 35],
    ["80.75 % → 80.8", 8075, 100, 1, 80.8],
    ["80.85 % → 80.8", 8085, 100, 1, 80.8],
    ["-36.5 → -36", -365, 10, 0, -36],
    ["-35.5 → -36", -355, 10, 0, -36],
    ["-0.4 → 0, not -0", -4, 10, 0, 0],
    ["a negative denominator turns the sign", 365, -10, 0, -36],
  ])("%s", (_, num, den, decimals, expected) => {
    expect(halfEvenRatio(num, den, decimals)).toBe(expected);
  });

  test("a value a hair above one half goes up, whatever its size", () => {
    expect(halfEvenRatio(Number.MAX_SAFE_INTEGER, 2, 0)).toBe(4503599627370496);
    expect(halfEvenRatio(4503599627370497, 9007199254740991, 0)).toBe(1);
    expect(halfEvenRatio(4503599627370495, 9007199254740991, 0)).toBe(0);
  });

  test("what is no ratio of whole numbers is refused", () => {
    expect(() => halfEvenRatio(1, 0, 0)).toThrow(RangeError);
    expect(() => halfEvenRatio(1.5, 2, 0)).toThrow(RangeError);
    expect(() => halfEvenRatio(Number.NaN, 2, 0)).toThrow(RangeError);
    expect(() => halfEvenRatio(1, 2, 7)).toThrow(RangeError);
  });
});

test("floor and ceil go towards minus and plus infinity", () => {
  expect([floorRatio(339, 10, 0), ceilRatio(331, 10, 0), ceilRatio(330, 10, 0)]).toEqual([33, 34, 33]);
  expect([floorRatio(-1, 3, 1), ceilRatio(-1, 3, 1)]).toEqual([-0.4, -0.3]);
});

test("a Decimal is rounded half to even as well", () => {
  expect(halfEven(new Decimal("80.85"), 1).toString()).toBe("80.8");
  expect(halfEven(new Decimal("-2.5"), 0).toString()).toBe("-2");
});

test("agrees with wide decimals on any ratio, those beyond 2^53 included", () => {
  const Wide = Decimal.clone({ precision: 80 });
  const whole = fc.oneof(fc.integer({ min: -5000, max: 5000 }), fc.maxSafeInteger());
  const modes = [
    [halfEvenRatio, Decimal.ROUND_HALF_EVEN],
    [floorRatio, Decimal.ROUND_FLOOR],
    [ceilRatio, Decimal.ROUND_CEIL],
  ] as const;
  fc.assert(
    fc.property(whole, whole, fc.integer({ min: 0, max: 4 }), (num, den, decimals) => {
      fc.pre(den !== 0);
      for (const [round, mode] of modes) {
        const expected = new Wide(num).div(den).toDecimalPlaces(decimals, mode).toNumber() + 0;
        expect(round(num, den, decimals)).toBe(expected);
      }
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test("ties are found on every half, even ones down and odd ones up", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000, max: 10_000 }),
      fc.integer({ min: 1, max: 400 }),
      (below, days) => {
        expect(halfEvenRatio((2 * below + 1) * days, 2 * days, 0)).toBe(
          below % 2 === 0 ? below + 0 : below + 1,
        );
      },
    ),
    { seed: 2 },
  );
});
