import Database from "better-sqlite3";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AqiCalendarSpec } from "../../src/output/charts/aqi-calendar.ts";
import { figuresDrawn } from "../../src/output/charts/kinds.ts";
import type { PaceSpec } from "../../src/output/charts/pace-bullets.ts";
import type { PrimarySpec } from "../../src/output/charts/primary-bars.ts";
import type { RankingSpec } from "../../src/output/charts/ranking-bars.ts";
import type { TrendSpec } from "../../src/output/charts/trend-line.ts";
import type { WeekBulletinSpec } from "../../src/output/charts/week-bulletin.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// Pictures from the chat: what they print is what the answers in words say of the same days.

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
  // On 3 May nothing was measured; on 4 May all but PM2.5, and nothing known exceeds.
  const raw = new Database(office.file);
  raw.prepare("delete from region_day where region_id = 'haian' and date = '2020-05-03'").run();
  raw
    .prepare(
      "update region_day set pm25 = null, pm10 = 40, o3 = 90, no2 = 20, so2 = 8, co = 6 where region_id = 'haian' and date = '2020-05-04'",
    )
    .run();
  raw.close();
});
afterAll(() => office.close());

const chartOf = async <Spec>(who: string, phrase: string): Promise<Spec> =>
  (await office.says(who, phrase)).facts.chart as Spec;

describe("趋势", () => {
  test("its figures are those of the county's card; a missing day has none, nor an incomplete one an AQI", async () => {
    const { pollutants, days } = (await office.says("市办", "海安 5月")).facts;
    const trend = await chartOf<TrendSpec>("市办", "趋势 海安 5月 PM2.5");
    const printed = Object.fromEntries(figuresDrawn(trend).map(({ figure, value }) => [figure, value]));
    expect(printed.均值).toBe(`${pollutants["PM2.5"].value}µg/m³`);
    expect(printed.有效天数).toBe("29/31天");
    expect(trend.days.filter(({ value }) => value === null).map(({ date }) => date)).toEqual([
      "2020-05-03",
      "2020-05-04",
    ]);
    const aqi = await chartOf<TrendSpec>("市办", "趋势 海安 5月 AQI");
    expect(aqi.days.filter(({ value }) => value !== null)).toHaveLength(days.valid);
    expect(aqi.days[3]).toEqual({ date: "2020-05-04", value: null });
  });

  test("the year's target stands beside the daily limit where the plan has one", async () => {
    const city = await chartOf<TrendSpec>("市办", "趋势 今年");
    expect(city.lines).toEqual([
      { label: "日均二级限值", value: 75 },
      { label: "年目标", value: 36 },
    ]);
    expect((await chartOf<TrendSpec>("市办", "趋势 2019年")).lines).toHaveLength(1);
    expect((await chartOf<TrendSpec>("市办", "趋势 海安 5月 臭氧")).lines).toEqual([
      { label: "日均二级限值", value: 160 },
    ]);
  });

  test.each([
    ["趋势 7月", "bad-period", /还没有可统计/],
    ["趋势 2018..2019", "bad-period", /最多看一年/],
    ["日历 2018..2019", "bad-period", /最多看一年/],
    ["首要污染物 2016..2018", "bad-period", /最多看一年/],
    ["战报 7月", "no-data", /没有可用的监测数据/],
  ])("%s is refused: %s", async (phrase, code, message) => {
    const refused = await office.says("市办", phrase);
    expect([refused.code, refused.message]).toEqual([code, expect.stringMatching(message)]);
  });
});

test("日历: its classes are counted as on the county's card", async () => {
  const { levels, days } = (await office.says("市办", "海安 5月")).facts;
  const calendar = await chartOf<AqiCalendarSpec>("市办", "日历 海安 5月");
  const count = (name: string | null) => calendar.days.filter(({ level }) => level === name).length;
  for (const [name, n] of Object.entries(levels)) expect([name, count(name)]).toEqual([name, n]);
  expect(count(null)).toBe(days.missing);
  expect(calendar.months).toEqual(["2020-05"]);
  expect((await chartOf<AqiCalendarSpec>("市办", "日历 海安 今年")).months).toHaveLength(12);
  // What hasn't come yet is no missing day.
  expect((await chartOf<AqiCalendarSpec>("市办", "日历 海安 6月")).days).toHaveLength(14);
});

test("首要污染物: the months add up to the county's days", async () => {
  const { primary, days } = (await office.says("市办", "海安 今年")).facts;
  const { rows } = await chartOf<PrimarySpec>("市办", "首要污染物 海安 今年");
  expect(rows.map(({ name }) => name)).toEqual(["1月", "2月", "3月", "4月", "5月", "6月"]);
  for (const [name, n] of Object.entries(primary))
    expect(rows.reduce((sum, row) => sum + row.days[name as "PM2.5"], 0)).toBe(n);
  expect(rows.reduce((sum, { validDays }) => sum + validDays, 0)).toBe(days.valid);
});

describe("排名 图", () => {
  test.each(["5月", "5月 PM2.5", "今年 优良率", "5月 改善"])(
    "%s: the bars are the table's rows",
    async (which) => {
      const { facts, card } = await office.says("市办", `排名 ${which} 图`);
      const chart = facts.chart as RankingSpec;
      expect(chart.rows.map(({ rank, name, value }) => ({ rank, name, value }))).toEqual(
        facts.rows.map(({ rank, county, value }: Record<string, unknown>) => ({ rank, name: county, value })),
      );
      expect(chart.unranked).toEqual(
        facts.unranked.map(({ county, reason }: Record<string, unknown>) => ({ name: county, reason })),
      );
      const table = card.blocks.find((block) => block.kind === "table");
      for (const { figure, value } of figuresDrawn(chart))
        if (figure !== "位次") expect(table?.rows.flat()).toContain(value);
    },
  );

  test("is a button of the table", async () => {
    await office.says("市办", "排名 5月 PM2.5");
    const { card, labels } = await office.presses("市办", "柱状图");
    expect(card.files?.map(({ name }) => name)).toEqual(["2020年5月各县（市、区）PM2.5均值排名.png"]);
    expect(labels).not.toContain("柱状图");
  });
});

test("达标进度: the city's targets as on its card; a county without targets has a bar and no mark", async () => {
  const { targets } = (await office.says("市办", "全市")).facts as { targets: Record<string, unknown>[] };
  for (const [phrase, indicator] of [
    ["进度图", "pm25-mean"],
    ["达标进度 优良率", "attainment-rate"],
  ] as const) {
    const [city, haian] = (await chartOf<PaceSpec>("市办", phrase)).rows;
    const own = targets.filter((target) => target.indicator === indicator);
    expect(city?.targets.map(({ kind, value }) => [kind, value])).toEqual(own.map((t) => [t.kind, t.target]));
    expect(city?.toDate).toBe(own[0]?.toDate);
    for (const [at, target] of own.entries())
      expect(city?.targets[at]?.said).toContain(
        String(indicator === "pm25-mean" ? target.remainingAllowableMean : target.badDaysLeft),
      );
    expect(haian).toMatchObject({ name: "海安", targets: [], without: "年度目标未分解" });
  }
});

test("战报: the counties are those of 排名, with the city's figures, its issues and what lags", async () => {
  const [ranking, city, bulletin] = [
    (await office.says("市办", "排名 上周 PM2.5")).facts,
    (await office.says("市办", "全市 上周")).facts,
    await chartOf<WeekBulletinSpec>("市办", "战报"),
  ];
  expect(bulletin.ranking.rows.map(({ rank, name, value }) => [rank, name, value])).toEqual(
    ranking.rows.map((row: Record<string, unknown>) => [row.rank, row.county, row.value]),
  );
  const year = (await office.says("市办", "全市 今年")).facts;
  expect(bulletin.tiles.map(({ value }) => value)).toEqual([
    String(city.pollutants["PM2.5"].value),
    String(city.pollutants.O3_8h.value),
    city.attainmentRatePct.toFixed(1),
    String(year.pollutants["PM2.5"].value),
    year.attainmentRatePct.toFixed(1),
    String(year.targets[0].remainingDays),
  ]);
  expect(bulletin.primary.days).toEqual(city.primary);
  const issues = (await office.says("市办", "统计 上周")).facts;
  expect(bulletin.lines[0]?.text).toContain(`交办${issues.assigned}件`);
  expect(bulletin.lines[1]?.text).toContain(`${city.lagging}项`);
});

describe("as a file", () => {
  test.each(["趋势 海安", "日历 海安", "首要污染物 海安", "达标进度", "战报", "排名 5月 图"])(
    "%s is a PNG that says it is a demonstration's",
    async (phrase) => {
      const { card } = await office.says("市办", phrase);
      const { type, bytes } = await office.opens("市办", card.files?.[0]?.name ?? "");
      expect([type, (await sharp(bytes).metadata()).width]).toEqual(["image/png", 1080]);
    },
  );

  test("a county's people see their own county, in each of them", async () => {
    for (const phrase of ["趋势 如东", "日历 如东", "首要污染物 如东", "达标进度 如东"])
      expect((await office.says("海安联络员", phrase)).code).toBe("forbidden");
    const { rows } = await chartOf<PaceSpec>("海安联络员", "达标进度");
    expect(rows.map(({ name }) => name)).toEqual(["南通", "海安"]);
  });

  test("a right that is withdrawn is gone from the picture, too", async () => {
    const own = await anOffice({ at: "2020-06-15T10:00" });
    const { card } = await own.says("市办", "趋势 如东 5月");
    const raw = new Database(own.file);
    raw.prepare("update person set role = 'station-chief', region_id = 'haian' where name = '市办'").run();
    raw.close();
    await expect(own.opens("市办", card.files?.[0]?.name ?? "")).rejects.toThrow(/权限限于/);
    own.close();
  });
});
