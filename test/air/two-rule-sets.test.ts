import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type AnOffice, anOffice } from "../support/office.ts";

const { straddle } = parse(readFileSync("test/cases/figures.yaml", "utf8"));
const PRESENT = straddle.parts[1];
const EARLIER = straddle.parts[0];

let office: AnOffice;
afterEach(() => office.close());

async function inOffice(at: string, from = "2025-01-01", to = "2026-04-09") {
  office = await anOffice({ at });
  const first = Temporal.PlainDate.from(from);
  const day = { "PM2.5": 70, PM10: 100, SO2: 8, NO2: 25, CO: 7, O3_8h: 120 };
  const rows = Array.from({ length: first.until(to).days + 1 }, (_, k) => k).flatMap((k) =>
    ["haian", "rudong", office.bot.office.city.id].map((id) => ({
      id,
      date: first.add({ days: k }).toString(),
      ...day,
      ...(id === "rudong" ? { "PM2.5": 50 } : {}),
    })),
  );
  await office.bot.store.write((w) => w.air.mergeRegionDays(rows, { personId: null, at: 0 }));
}

describe("a period of two rule sets", () => {
  beforeEach(() => inOffice(straddle.clock));

  test.each(["海安", "全市", "海安 2026"])(
    "%s is answered in both parts, the present one first",
    async (ask) => {
      const { facts, text } = await office.says("市办", ask);
      expect(facts.parts).toMatchObject(
        [PRESENT, EARLIER].map(({ from, to, ruleSet, valid, good, attainmentRatePct, pm25 }) => ({
          from,
          to,
          ruleSet,
          days: { valid, good },
          attainmentRatePct,
          pollutants: { "PM2.5": { value: pm25 } },
        })),
      );
      for (const whole of ["attainmentRatePct", "composite", "pollutants", "days", "yearOnYear"])
        expect(facts).not.toHaveProperty(whole);
      expect(facts.targets).toEqual([]);
      expect(text).not.toMatch(/80\.8|≤36|≤35/);
      expect(text).toContain("2026年3月1日至4月9日，按2026标准（过渡限值）");
      expect(text).toContain("2026年1月至2月，按2012标准");
    },
  );

  test("a week of one day and six days has two parts too, each judged by itself", async () => {
    const { facts } = await office.says("市办", "海安 2026-02-23..2026-03-01");
    expect(facts.parts).toMatchObject([
      { from: "2026-03-01", to: "2026-03-01", days: { valid: 1, good: 0 } },
      { from: "2026-02-23", to: "2026-02-28", days: { valid: 6, good: 6 } },
    ]);
  });

  test("counties are compared over the part under the present rules, and it says so", async () => {
    const { facts, text } = await office.says("市办", "对比 海安 如东");
    expect(facts).toMatchObject({
      ruleSet: "cn-2026-transition",
      rows: [
        { county: "海安", validDays: 40, "PM2.5": 70 },
        { county: "如东", validDays: 40, "PM2.5": 50 },
      ],
    });
    expect(text).toContain("2026年跨新旧标准，只比2026年3月1日起的部分；");
    expect((await office.says("市办", "对比 海安 如东 2026-04")).text).not.toContain("跨新旧标准");
  });

  test("a day of all counties names who exceeds, and who can't be judged for missing items", async () => {
    const items = { "PM2.5": 20, PM10: 40, SO2: 8, NO2: 25, CO: 7, O3_8h: 90 };
    const date = "2026-04-09";
    const rows = [
      { id: "rudong", date, ...items, NO2: null, O3_8h: 200 },
      { id: "qidong", date, ...items, NO2: null },
      { id: "rugao", date, ...items },
    ];
    await office.bot.store.write((w) => w.air.mergeRegionDays(rows, { personId: null, at: 0 }));
    const { facts, text } = await office.says("市办", "日报 2026-04-09");
    expect(facts.rows.slice(0, 4)).toMatchObject([
      { county: "海安", level: "轻度" },
      { county: "如皋", level: "优" },
      { county: "如东", level: "轻度", atLeast: true },
      { county: "启东", aqi: null, level: null },
    ]);
    // Who has no day at all is missing as well, and is shown so.
    expect(facts.missing.slice(0, 2)).toEqual(["启东", "崇川"]);
    expect(facts.rows.slice(4)).toEqual(
      facts.missing
        .slice(1)
        .map((county: string) => expect.objectContaining({ county, pm25: null, level: null })),
    );
    expect(text).toMatch(/超标：海安、如东，须说明情况。缺：启东、崇川/);
    expect(text).toContain("至少轻度污染");
  });

  test("a ranking is made of the part under the present rules, by PM2.5, and says so", async () => {
    const { facts, text } = await office.says("市办", "排名");
    expect(facts).toMatchObject({
      metric: "PM2.5",
      ruleSet: "cn-2026-transition",
      period: { from: "2026-03-01", to: "2026-12-31", asOf: "2026-04-09" },
      rows: [
        { rank: 1, county: "如东", value: 50 },
        { rank: 2, county: "海安", value: 70 },
      ],
    });
    expect(text).toContain("只排2026年3月1日起的部分");
    expect(text).toContain("综合指数因新标准权重未确认");
    expect((await office.says("市办", "排名 综合指数 2026-03")).facts.metric).toBe("PM2.5");
    expect((await office.says("市办", "排名 优良率 2026-03")).facts.metric).toBe("attainment");
    expect((await office.says("市办", "排名 2026-02")).facts.metric).toBe("composite");
  });

  test("March against March of the year before is computed by one rule set, and says which", async () => {
    const { facts, text } = await office.says("市办", "海安 2026-03");
    expect(facts).toMatchObject({
      ruleSet: "cn-2026-transition",
      days: { valid: 31, good: 0 },
      attainmentRatePct: 0,
      composite: null,
      yearOnYear: { attainmentRatePoints: 0 },
      yearOnYearRuleSet: "cn-2026-transition",
    });
    expect(text).toContain("上年同期按2026标准（过渡限值）重新计算");
    expect((await office.says("市办", "海安 2026-02")).facts).toMatchObject({
      ruleSet: "cn-2012",
      days: { valid: 28, good: 28 },
      attainmentRatePct: 100,
    });
  });

  test("named rules make one answer of the whole", async () => {
    const { facts, text } = await office.says("市办", "海安 2026 按2012标准");
    expect(facts).toMatchObject({
      ruleSet: "cn-2012",
      days: { valid: 99, good: 99 },
      attainmentRatePct: 100,
      composite: null,
    });
    expect(text).toContain("按2012标准评价");
  });

  test("全市 and 排名 take a named rule set too", async () => {
    expect((await office.says("市办", "全市 2026 按2012标准")).facts.days).toMatchObject({ good: 99 });
    expect((await office.says("市办", "排名 优良率 2026 按2012标准")).facts).toMatchObject({
      ruleSet: "cn-2012",
      rows: [
        { rank: 1, county: "如东", value: 100 },
        { rank: 1, county: "海安", value: 100 },
      ],
    });
  });
});

describe("daily use never ends at a change of rules", () => {
  const DATES = ["2026-01-15", "2026-03-05", "2026-04-10", "2026-11-28", "2031-01-03", "2031-02-20"];
  test.each(DATES)("%s: 海安, 全市, 排名", async (date) => {
    const to = Temporal.PlainDate.from(date).subtract({ days: 1 });
    await inOffice(`${date}T09:00`, to.subtract({ years: 1 }).toString(), to.toString());
    for (const ask of ["海安", "全市", "排名", "海安 去年", "全市 上周", "排名 上月"]) {
      const { code, message } = await office.says("市办", ask);
      expect([ask, code, message]).toEqual([ask, null, null]);
    }
  });

  test.each([
    ["2026-02-27T09:00", "2026-03-10T09:00", "2026年2月23日至3月1日", "2026-03-02T09:00"],
    ["2030-12-30T08:00", "2031-01-20T09:00", "2030年12月30日至2031年1月5日", "2031-01-06T09:00"],
  ])("from %s every notice goes out, that of the week between in two parts", async (from, to, week) => {
    await inOffice(from, "2025-01-01", to.slice(0, 10));
    await office.advanceTo(to);
    const notices = (await office.cardsOf("海安领导")).filter((c) => c.title.includes("周通报"));
    const between = notices.find((c) => c.title.includes(week));
    expect(between?.blocks.filter((b) => b.kind === "table")).toHaveLength(2);
    expect(notices.length).toBeGreaterThanOrEqual(2);
    // The next one compares with it, by its own rules.
    const next = notices.findLast((c) => c !== between);
    const table = next?.blocks.find((b) => b.kind === "table");
    const rows = table?.kind === "table" ? table.rows : [];
    expect(rows.find((row) => row[1] === "海安")?.slice(3, 5)).toEqual(["持平", "持平"]);
  });
});
