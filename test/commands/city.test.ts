import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFacts } from "../support/facts.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

test.each(["全市", "南通", "city", "/city", "全市 5月", "全市 2019"])(
  "%s has the facts that the interfaces document promises",
  async (phrase) => {
    const { command, facts } = await office.says("市领导", phrase);
    expect(command).toBe("city");
    expect(facts.county).toBe("南通");
    expectFacts("status", facts);
  },
);

test("the plan's year stands against its constraint and stretch targets", async () => {
  const { facts, text } = await office.says("市办", "全市");
  const shown = facts.targets.map((t: Record<string, unknown>) => [t.indicator, t.kind, t.target]);
  expect(shown).toEqual([
    ["pm25-mean", "constraint", 36],
    ["attainment-rate", "constraint", 80.8],
    ["pm25-mean", "stretch", 35],
    ["attainment-rate", "stretch", 83],
  ]);
  expect(facts.targets.every((t: Record<string, unknown>) => t.remainingDays === 200)).toBe(true);
  expect(text).toMatch(/剩余200天均值须≤\d+\.\d/);
  expect(text).toMatch(/剩余200天最多再超标\d+天/);
});

test("a stretch target leaves less than the constraint", async () => {
  const { targets } = (await office.says("市办", "全市")).facts;
  const [constraint, rate, stretch, stretchRate] = targets;
  expect(stretch.remainingAllowableMean).toBeLessThan(constraint.remainingAllowableMean);
  expect(stretchRate.badDaysLeft).toBeLessThan(rate.badDaysLeft);
});

test("a month has no year's target", async () => {
  expect((await office.says("市办", "全市 5月")).facts.targets).toEqual([]);
});

test("the whole year, once over, is judged without days that remain", async () => {
  const january = await anOffice({ at: "2021-01-04T08:30" });
  const { facts } = await january.says("市办", "全市 2020");
  expectFacts("status", facts);
  expect(facts.period.complete).toBe(true);
  expect(facts.targets.map((t: { remainingDays: number }) => t.remainingDays)).toEqual([0, 0, 0, 0]);
  expect(facts.targets.every((t: { state: string }) => ["met", "unreachable"].includes(t.state))).toBe(true);
  january.close();
});

test("counts what lags and what is open in all counties", async () => {
  const { facts } = await office.says("市办", "全市");
  const lagging = await office.says("市办", "滞后");
  expect(facts.lagging).toBe(lagging.facts.rows.length);
  expect([facts.openIssues, facts.overdueIssues]).toEqual([5, 1]);
});

test("a single day shows the AQI of the city's own mean", async () => {
  const { facts } = await office.says("市办", "全市 2020-05-04");
  expectFacts("day", facts);
  expect(facts.aqi).toBe(69);
});

test("a county's people may see the city", async () => {
  expect((await office.says("海安联络员", "全市")).code).toBeNull();
});
