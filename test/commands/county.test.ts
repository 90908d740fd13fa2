import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFile } from "../../src/incoming/import-file.ts";
import { expectFacts } from "../support/facts.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let june: AnOffice;
let september: AnOffice;
let december: AnOffice;

beforeAll(async () => {
  june = await anOffice();
  september = await anOffice({ at: "2020-09-10T08:30" });
  december = await anOffice({ at: "2020-12-15T08:30" });
});
afterAll(() => {
  for (const office of [june, september, december]) office.close();
});

describe("facts", () => {
  test.each([
    "海安",
    "海安 2020-05",
    "海安 二季度",
    "如东 2020-04",
    "苏锡通园区 2019..2020",
    "海安 2020-05-04..2020-05-10",
  ])("%s has what the interfaces document promises", async (phrase) => {
    expectFacts("status", (await june.says("市办", phrase)).facts);
  });

  test("the year so far rests on the days to yesterday and says that it is not complete", async () => {
    const { facts, text } = await june.says("海安联络员", "海安");
    expect(facts.period).toMatchObject({
      from: "2020-01-01",
      to: "2020-12-31",
      complete: false,
      asOf: "2020-06-14",
    });
    expect(facts.days.calendar).toBe(166);
    expect(facts.days.valid + facts.days.missing).toBe(166);
    expect(text).toContain("截至6月14日");
    expect(text).toContain("演示数据");
  });

  test("days by level add up to the valid ones, and the good ones give the rate", async () => {
    const { days, levels, attainmentRatePct } = (await june.says("市办", "海安 2020-05")).facts;
    const sum = Object.values<number>(levels).reduce((a, b) => a + b, 0);
    expect(sum).toBe(days.valid);
    expect(levels.优 + levels.良).toBe(days.good);
    expect(attainmentRatePct).toBeCloseTo((100 * days.good) / days.valid, 1);
  });

  test("a single day adds its AQI, level, primary pollutants and sub-indices", async () => {
    const { facts } = await june.says("市办", "海安 2020-05-04");
    expectFacts("day", facts);
    expect(facts).toMatchObject({ aqi: 75, level: "良", primaryPollutants: ["O3_8h"] });
    expect(Math.max(...Object.values<number>(facts.iaqi))).toBe(facts.aqi);
  });
});

describe("validity", () => {
  test("如东 has 24 of 27 days in April 2020: no figure is published, the raw one is a reference", async () => {
    const { facts, text } = await june.says("市办", "如东 2020-04");
    expect(facts.sufficient).toBe(false);
    expect(facts.pollutants["PM2.5"]).toMatchObject({ value: null, reference: 29, validDays: 24 });
    expect(facts.composite).toBeNull();
    expect(facts.yearOnYear["PM2.5"]).toBeNull();
    expect(text).toContain("有效天数不足（24/27天）");
    expect(text).toContain("参考值29");
  });

  test("苏锡通园区 had no station in 2019: nothing to compare with is null, not zero", async () => {
    const { facts, text } = await june.says("市办", "苏锡通园区 5月");
    expect(facts.sufficient).toBe(true);
    expect([...new Set(Object.values(facts.yearOnYear))]).toEqual([null]);
    expect(text).toContain("无法比较");
  });

  test.each([
    ["海安 2021", "bad-period"],
    ["海安 今天", "bad-period"],
    ["海安 7月", "bad-period"],
    ["海安 2018-05", "no-data"],
    ["海安 2020-13", "bad-period"],
  ])("%s is refused as %s", async (phrase, code) => {
    const { code: found, message } = await june.says("市办", phrase);
    expect(found).toBe(code);
    expect(message).toMatch(/\p{Script=Han}/u);
  });
});

describe("scope", () => {
  test.each(["海安领导", "海安联络员", "海安点位长"])("%s sees 海安 and no other county", async (name) => {
    expect((await june.says(name, "海安")).facts.county).toBe("海安");
    const other = await june.says(name, "如东");
    expect(other.code).toBe("forbidden");
    expect(other.instead).toContain("海安");
  });

  test.each(["市办", "市领导", "督查", "住建联络员"])("%s sees every county", async (name) => {
    expect((await june.says(name, "如东 5月")).facts.county).toBe("如东");
  });

  test("a denied question is written into the audit log", async () => {
    await june.says("海安联络员", "如东");
    const [newest] = await june.bot.store.read((r) => r.audit.latest(1));
    expect(newest).toMatchObject({ actor: "海安联络员", act: "county", outcome: "denied" });
  });
});

describe("a merged district (港闸 into 崇川, 28 July 2020)", () => {
  test("is asked for by name while it lasts", async () => {
    expect((await june.says("市办", "港闸")).facts.county).toBe("港闸");
  });

  test("afterwards says where it went, and how to see its past", async () => {
    const { code, message, instead } = await september.says("市办", "港闸");
    expect(code).toBe("no-data");
    expect(message).toContain("已并入");
    expect(message).toContain("港闸 2020-06");
    expect(instead).toEqual(["崇川"]);
  });

  test("keeps its history under its own name", async () => {
    const before = (await june.says("市办", "港闸 2020-05")).facts;
    const after = (await september.says("市办", "港闸 2020-05")).facts;
    expect(after.county).toBe("港闸");
    expect(after.pollutants).toEqual(before.pollutants);
  });

  test("its people have no place until the office gives them one", async () => {
    for (const said of ["崇川", "港闸 2020-05"]) {
      const { code, message } = await september.says("港闸联络员", said);
      expect([code, message]).toEqual(["forbidden", expect.stringContaining("您的岗位等市办确认")]);
    }
  });

  test("the new 崇川 rests on the stations of both, also for the months before the merger", async () => {
    const { facts } = await december.says("崇川联络员", "崇川");
    expect(facts.days.calendar).toBe(349);
    expect(facts.days.valid).toBeGreaterThan(330);
    expect(facts.yearOnYear["PM2.5"]).not.toBeNull();
    const pooled = facts.pollutants["PM2.5"];
    const ofOld = (await december.says("市办", "崇川 2020-01-01..2020-07-27")).facts.pollutants["PM2.5"];
    expect(pooled.validDays).toBeGreaterThan(ofOld.validDays);
  });
});

describe("targets", () => {
  test("a county without targets of its own is 未分解: none is derived from the city's", async () => {
    const { facts, text } = await june.says("海安联络员", "海安");
    expect(facts.targets).toEqual([]);
    expect(text).toContain("未分解");
  });

  test("once the office has entered them, the card says what the days that remain may average", async () => {
    const office = await anOffice();
    const csv = "县区,指标,约束性,奋斗\n海安,PM2.5,40,39\n海安,优良率,80.8,\n";
    const result = await importFile(
      office.bot,
      { bytes: Buffer.from(csv), name: "目标.csv" },
      { person: null, partial: false },
    );
    expect(result).toMatchObject({ kind: "county-targets", added: 2 });

    const { facts, text } = await office.says("海安联络员", "海安");
    expectFacts("status", facts);
    const [pm25] = facts.targets;
    expect(facts.targets.map((t: { indicator: string; kind: string }) => `${t.indicator} ${t.kind}`)).toEqual(
      ["pm25-mean constraint", "pm25-mean stretch", "attainment-rate constraint"],
    );
    // The exact sum of the 166 days and 200 more at the printed figure stay within 40 × 366; a tenth more would not.
    const days = await office.bot.store.read((r) => r.air.days("haian", "2020-01-01", "2020-06-14"));
    const sum = days.reduce((total, day) => total + (day["PM2.5"] ?? 0), 0);
    expect(pm25.remainingDays).toBe(200);
    expect(sum + 200 * pm25.remainingAllowableMean).toBeLessThanOrEqual(40 * 366);
    expect(sum + 200 * (pm25.remainingAllowableMean + 0.1)).toBeGreaterThan(40 * 366);
    expect(text).toContain(`剩余200天均值须≤${pm25.remainingAllowableMean.toFixed(1)}`);
    expect((await office.says("海安联络员", "海安 5月")).facts.targets).toEqual([]);
    office.close();
  });
});
