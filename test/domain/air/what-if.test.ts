import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DaysKnown, ifBadDays, ifMean, ozoneDaysCap } from "../../../src/domain/air/what-if.ts";
import {
  decimal,
  evenly,
  floored,
  isAtMost,
  minus,
  over,
  plus,
  ratio,
  times,
} from "../../support/rational.ts";

const none: DaysKnown = { sum: 0, meanDays: 0, valid: 0, bad: 0, left: 31 };
const d = (value: string | number) => new Decimal(value);

describe("a mean that is assumed", () => {
  const november: DaysKnown = { sum: 11_390, meanDays: 335, valid: 335, bad: 60, left: 31 };

  test("decides the year where no other day is left: 36.5 is 36 and met, a tenth more isn't", () => {
    // 335 days at 34 and 31 at 63.5: 13,358.5 / 366 = 36.4986…
    const year = ifMean(november, none, d("63.5"), "whole", null);
    expect([year.othersLeft, year.comesTo?.toString(), year.met(d(36)), year.met(d(35))]).toEqual([
      0,
      "36.5",
      true,
      false,
    ]);
    // 366 · 36.5 = 13,359: exactly one half, which goes to the even 36.
    const half = { ...november, sum: 13_359 - 31 * 60 };
    expect(ifMean(half, none, d(60), "whole", null).met(d(36))).toBe(true);
    expect(ifMean({ ...half, sum: half.sum + 1 }, none, d(60), "whole", null).met(d(36))).toBe(false);
    expect(year.allowedForOthers(d(36))).toBeNull();
  });

  test("leaves the other days what T·N less everything else allows, rounded down", () => {
    const june: DaysKnown = { sum: 6225, meanDays: 166, valid: 166, bad: 25, left: 200 };
    const year = ifMean(june, none, d(40), "whole", { sum: 5577, days: 169 });
    // (36 · 366 − 6225 − 31 · 40) / 169 = 33.79…
    expect(year.allowedForOthers(d(36))?.toString()).toBe("33.7");
    // With the others as last year (33 on the day): (6225 + 1240 + 5577) / 366 = 35.63…
    expect([year.comesTo?.toString(), year.met(d(36)), year.met(d("35.5"))]).toEqual(["35.6", true, false]);
    expect(ifMean(june, none, d(40), "whole", null)).toMatchObject({ comesTo: null, othersLeft: 169 });
  });

  test("of a part that runs stands for all its days, and says what those still to come must be", () => {
    const month: DaysKnown = { sum: 335, meanDays: 14, valid: 14, bad: 5, left: 16 };
    expect(ifMean(month, month, d(30), "whole", null).restOfPart?.toString()).toBe("35.3");
    expect(ifMean(month, month, d(30), "whole", null).comesTo?.toString()).toBe("30");
    // (335 + 16 · 30) / 30 = 27.16…
    expect(ifMean(month, month, d(30), "rest", null).comesTo?.toString()).toBe("27.2");
  });

  test("agrees with exact fractions, whatever the numbers", () => {
    const part = fc.record({
      sum: fc.nat(1500),
      meanDays: fc.nat(30),
      left: fc.integer({ min: 1, max: 31 }),
    });
    const rest = fc.record({ sum: fc.nat(9000), meanDays: fc.nat(300), left: fc.nat(200) });
    const value = fc.integer({ min: 1, max: 900 });
    const others = fc.record({
      sum: fc.integer({ min: 1, max: 9000 }),
      days: fc.integer({ min: 1, max: 200 }),
    });
    const target = fc.integer({ min: 200, max: 450 });
    const of = fc.constantFrom("whole" as const, "rest" as const);
    fc.assert(
      fc.property(part, rest, value, others, target, of, (p, r, tenths, q, t, which) => {
        const own = { ...p, valid: p.meanDays, bad: 0 };
        const sum = p.sum + r.sum;
        const all = {
          sum,
          meanDays: p.meanDays + r.meanDays,
          valid: p.meanDays + r.meanDays,
          bad: 0,
          left: p.left + r.left,
        };
        const outcome = ifMean(all, own, d(tenths).div(10), which, q);
        const mean = ratio(tenths, 10);
        const days = which === "whole" ? p.meanDays + p.left : p.left;
        const before = which === "whole" ? r.sum : sum;
        const known = plus(ratio(before), times(mean, ratio(days)));
        const valid = all.meanDays + p.left;
        const expected = over(plus(known, times(ratio(r.left), ratio(q.sum, q.days))), ratio(valid + r.left));
        expect(outcome.comesTo?.toNumber()).toBe(evenly(expected, 1));
        const whole = d(t).div(10).toDecimalPlaces(0);
        expect(outcome.met(whole)).toBe(evenly(expected, 0) <= whole.toNumber());
        const allowed = outcome.allowedForOthers(d(t).div(10));
        if (r.left === 0) expect(allowed).toBeNull();
        else {
          const budget = over(minus(times(ratio(t, 10), ratio(valid + r.left)), known), ratio(r.left));
          expect(allowed?.toNumber()).toBe(floored(budget, 1));
          expect(isAtMost(decimal(allowed?.toFixed(1) ?? ""), budget)).toBe(true);
        }
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

describe("bad days that are assumed", () => {
  const june: DaysKnown = { sum: 0, meanDays: 166, valid: 166, bad: 25, left: 200 };

  test("of December leave the rest of the year's budget to the other days", () => {
    const year = ifBadDays(june, none, 5, "whole");
    expect(year).toMatchObject({ bad: 30, days: 366, othersLeft: 169 });
    // 70 and 62 of 366 days may be bad.
    expect([year.leftForOthers(d("80.8")), year.leftForOthers(d(83))]).toEqual([40, 32]);
    expect([year.bestRatePct.toString(), year.met(d("80.8"))]).toEqual(["91.8", true]);
  });

  test("63 bad days lose the stretch target by one and leave seven for the constraint", () => {
    const year = ifBadDays({ ...june, bad: 58 }, none, 5, "whole");
    expect([year.met(d(83)), year.leftForOthers(d(83)), year.leftForOthers(d("80.8"))]).toEqual([
      false,
      -1,
      7,
    ]);
  });

  test("from now on come on top of those so far, of the whole period instead of them", () => {
    const month: DaysKnown = { sum: 0, meanDays: 14, valid: 14, bad: 5, left: 16 };
    expect(ifBadDays(month, month, 2, "rest").bad).toBe(7);
    expect(ifBadDays(month, month, 6, "whole").bad).toBe(6);
  });
});

test.each([
  [48, "10", 43],
  [50, "10", 45],
  [0, "10", 0],
  [1, "10", 0],
])("%i ozone days less %s %% leave %i", (lastYear, cut, cap) => {
  expect(ozoneDaysCap(lastYear, d(cut))).toBe(cap);
});
