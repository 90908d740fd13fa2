import { expect, test } from "vitest";
import { POLLUTANTS, pollutantLabel, publishedValue, unitOfItem } from "../../../src/domain/air/day.ts";
import { RULE_SETS, ruleSetFor } from "../../../src/domain/air/rules.ts";

test.each([
  ["2019-01-01", "2019-12-31", "cn-2012"],
  ["2015-01-01", "2015-12-31", "cn-2012"],
  ["2026-02-01", "2026-02-28", "cn-2012"],
  ["2026-03-01", "2026-03-01", "cn-2026-transition"],
  ["2030-12-01", "2030-12-31", "cn-2026-transition"],
  ["2031-01-01", "2040-12-31", "cn-2031"],
])("data of %s to %s are judged by %s", (from, to, id) => {
  expect(ruleSetFor(from, to)).toBe(RULE_SETS[id as keyof typeof RULE_SETS]);
});

test("a period across a change of standards is refused, naming both sides", () => {
  expect(ruleSetFor("2026-01-01", "2026-12-31")).toEqual({
    refusal: "straddles",
    sets: ["cn-2012", "cn-2026-transition"],
  });
  expect(ruleSetFor("2030-12-31", "2031-01-01")).toMatchObject({ refusal: "straddles" });
});

test("a period before the first standard is refused, and one that ends before it begins is an error", () => {
  expect(ruleSetFor("2012-06-01", "2013-06-01")).toMatchObject({ refusal: "before-rules" });
  expect(ruleSetFor("2012-06-01", "2012-06-30")).toEqual({ refusal: "before-rules", sets: [] });
  expect(() => ruleSetFor("2020-02-01", "2020-01-01")).toThrow(RangeError);
});

test("rule sets follow one another without a gap", () => {
  const sets = Object.values(RULE_SETS);
  sets.slice(1).forEach((set, i) => {
    const before = Temporal.PlainDate.from(sets[i]?.to ?? "");
    expect(before.add({ days: 1 }).toString()).toBe(set.from);
  });
});

test("the second-class limits of PM2.5 tighten from 35 and 75 by way of 30 and 60 to 25 and 50", () => {
  expect(
    Object.values(RULE_SETS).map((set) => [set.limits["PM2.5"].annual, set.limits["PM2.5"].day]),
  ).toEqual([
    [35, 75],
    [30, 60],
    [25, 50],
  ]);
});

test("CO is held in tenths and published in mg/m³, everything else in µg/m³", () => {
  expect([publishedValue("CO", 12), unitOfItem("CO")]).toEqual([1.2, "mg/m³"]);
  expect([publishedValue("SO2", 12), unitOfItem("SO2")]).toEqual([12, "µg/m³"]);
  expect(POLLUTANTS.map(pollutantLabel).join("、")).toBe("PM2.5、PM10、O₃、NO₂、SO₂、CO");
});
