import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import { bindingAllowance, budgetPeriods } from "../../../src/domain/air/nested-budget.ts";
import { parsePeriod } from "../../../src/domain/period.ts";

const d = (value: number) => new Decimal(value);

test("the least of month, quarter and year binds, and is named", () => {
  expect(
    bindingAllowance([
      { level: "month", allowed: d(27) },
      { level: "quarter", allowed: d(25.4) },
      { level: "year", allowed: d(34.7) },
    ]),
  ).toMatchObject({ level: "quarter" });
});

test("of equal ones the nearest binds, in whatever order they come", () => {
  expect(
    bindingAllowance([
      { level: "year", allowed: 3 },
      { level: "quarter", allowed: 4 },
      { level: "month", allowed: 3 },
    ]),
  ).toEqual({ level: "month", allowed: 3 });
  expect(bindingAllowance<number>([])).toBeNull();
});

test.each([
  [
    "2020-02",
    ["month 2020-02-01..2020-02-29", "quarter 2020-01-01..2020-03-31", "year 2020-01-01..2020-12-31"],
  ],
  ["四季度", ["quarter 2020-10-01..2020-12-31", "year 2020-01-01..2020-12-31"]],
  ["2020", ["year 2020-01-01..2020-12-31"]],
  ["上半年", null],
  ["2020-02-01..2020-02-28", null],
  ["1-4月", null],
])("%s is saved by %j", (said, expected) => {
  const period = parsePeriod(said, Temporal.PlainDate.from("2020-06-15"));
  if (period === null || "invalid" in period) throw new Error("no period");
  const found =
    budgetPeriods(period)?.map((one) => `${one.level} ${one.period.from}..${one.period.to}`) ?? null;
  expect(found).toEqual(expected);
});
