import fc from "fast-check";
import { expect, test } from "vitest";
import { expectedProgress } from "../../../src/domain/plan/pace.ts";

const date = (iso: string) => Temporal.PlainDate.from(iso);
const newYear = date("2020-01-01");
const linear = (value: string, deadline = "2020-12-31") => ({ value, deadline, pace: "linear" }) as const;

test.each([
  ["half of the leap year", "366", "2020-12-31", "2020-07-01", "183"],
  ["the first day counts", "366", "2020-12-31", "2020-01-01", "1"],
  ["the deadline counts", "366", "2020-12-31", "2020-12-31", "366"],
  ["after the deadline", "63", "2020-06-30", "2020-09-01", "63"],
  ["before the year", "63", "2020-06-30", "2019-12-31", "0"],
  ["by the end of June, 182 days", "182", "2020-06-30", "2020-03-31", "91"],
  [
    "oil gas recovery, 42 of them, on 15 June",
    "42",
    "2020-12-31",
    "2020-06-15",
    "19.16393442622950819672131147540983606557",
  ],
])("linear: %s", (_, value, deadline, asOf, expected) => {
  expect(expectedProgress(linear(value, deadline), date(asOf), newYear)?.toFixed()).toBe(expected);
});

test("a deadline-paced indicator expects nothing before its deadline and all of it from that day on", () => {
  const indicator = { value: "4.5", deadline: "2020-09-30", pace: "deadline" } as const;
  expect(expectedProgress(indicator, date("2020-09-29"), newYear)).toBeNull();
  expect(expectedProgress(indicator, date("2020-09-30"), newYear)?.toFixed()).toBe("4.5");
});

test("what must hold always is expected in full on the first day", () => {
  expect(
    expectedProgress({ value: "1", deadline: "2020-12-31", pace: "always" }, newYear, newYear)?.toFixed(),
  ).toBe("1");
});

test("refuses a deadline before the year", () => {
  expect(() => expectedProgress(linear("1", "2019-06-30"), newYear, newYear)).toThrow(RangeError);
});

test("linear progress never falls and never exceeds the total", () => {
  const day = fc.integer({ min: -30, max: 500 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      day,
      day,
      fc.integer({ min: 0, max: 365 }),
      (total, a, b, end) => {
        const indicator = linear(String(total), newYear.add({ days: end }).toString());
        const at = (n: number) => expectedProgress(indicator, newYear.add({ days: n }), newYear);
        const [early, late] = [at(Math.min(a, b)), at(Math.max(a, b))];
        expect(early?.lte(late ?? 0)).toBe(true);
        expect(late?.lte(total)).toBe(true);
        expect(early?.gte(0)).toBe(true);
      },
    ),
    { seed: 2020 },
  );
});
