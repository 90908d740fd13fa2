import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-07-06T10:00" });
});
afterAll(() => office.close());

const HEAD = "日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h";
/** Days of a town's station: another PM2.5 each, null has it taken away. */
const measures = (station: string, values: Readonly<Record<string, number | null>>) =>
  importText(office, [
    HEAD,
    ...Object.entries(values).map(
      ([date, value]) => `${date},演示·${station}站,${value ?? "清除"},60,8,20,0.7,80`,
    ),
  ]);
type Row = { town: string; county: string; rank: number; countyRank: number; value: number | null };
const week = ["29", "30", "01", "02", "03", "04", "05"].map((day, i) => `2020-0${i < 2 ? 6 : 7}-${day}`);
const all = (values: readonly (number | null)[]) =>
  Object.fromEntries(week.map((date, i) => [date, values[i] ?? null]));

describe("a town's value is made of its own stations, and never enters its county's", () => {
  test("whatever a town measures, county and city stay as they were", async () => {
    const figures = async () => {
      const { facts } = await office.says("市办", "海安 2020-06-29..2020-07-05");
      const city = await office.says("市办", "全市 2020-06-29..2020-07-05");
      return JSON.stringify([facts.pollutants, facts.days, city.facts.pollutants]);
    };
    const before = await figures();
    expect(await measures("城东镇", all([400, 400, 400, 400, 400, 400, 400]))).toMatchObject({ added: 0 });
    expect(await figures()).toBe(before);
    const { facts } = await office.says("市办", "镇街 海安 上周");
    expect(facts.rows.at(-1)).toMatchObject({ town: "城东镇", value: 400, validDays: 7 });
  });

  test("its mean is rounded half to even once, from the days", async () => {
    await measures("城东镇", all([10, 11, 10, 11, 10, 11, null]));
    await measures("曲塘镇", all([11, 12, 11, 12, 11, 12, null]));
    const { facts } = await office.says("市办", "镇街 海安 上周");
    const value = (town: string) => facts.rows.find((row: Row) => row.town === town)?.value;
    // 63 : 6 = 10.5 and 69 : 6 = 11.5.
    expect([value("城东镇"), value("曲塘镇")]).toEqual([10, 12]);
  });

  test("too few valid days are refused and not guessed: six of seven are enough, five are not", async () => {
    await measures("城东镇", all([10, 10, 10, 10, 10, 10, null]));
    await measures("曲塘镇", all([10, 10, 10, 10, 10, null, null]));
    const { facts, text } = await office.says("市办", "镇街 海安 上周");
    expect(facts.rows.map(({ town }: Row) => town)).toContain("城东镇");
    expect(facts.unranked).toContainEqual({
      town: "曲塘镇",
      county: "海安",
      reason: "有效天数不足（5/6天）",
    });
    expect(text).toContain("曲塘镇（有效天数不足（5/6天））");
  });
});

test("equal values share a rank and the next is skipped, in the county and among all", async () => {
  for (const [station, value] of Object.entries({
    城东镇: 20,
    曲塘镇: 20,
    李堡镇: 30,
    三星镇: 20,
    常乐镇: 10,
  }))
    await measures(station, all([value, value, value, value, value, value, value]));
  for (const station of ["海门街道", "金沙街道", "西亭镇", "二甲镇"])
    await measures(station, all([25, 25, 25, 25, 25, 25, 25]));
  const city = (await office.says("市办", "镇街 上周")).facts.rows as Row[];
  expect(city.map(({ town, rank }) => [town, rank])).toEqual([
    ["常乐镇", 1],
    ["城东镇", 2],
    ["曲塘镇", 2],
    ["三星镇", 2],
    ["金沙街道", 5],
    ["西亭镇", 5],
    ["二甲镇", 5],
    ["海门街道", 5],
    ["李堡镇", 9],
  ]);
  const own = (await office.says("市办", "镇街 海安 上周")).facts.rows as Row[];
  expect(own.map(({ town, countyRank, rank }) => [town, countyRank, rank])).toEqual([
    ["城东镇", 1, 2],
    ["曲塘镇", 1, 2],
    ["李堡镇", 3, 9],
  ]);

  // Who is at an end is named, with whoever shares it: by the rank among all, or in the county that was asked for.
  const ends = async (phrase: string) =>
    (await office.says("市办", phrase)).text.match(/[前后]\d+名：.*/)?.[0];
  expect(await ends("上周哪个镇最差")).toBe("后1名：李堡镇");
  expect(await ends("镇街 前两名 上周")).toBe("前2名：常乐镇、城东镇、曲塘镇、三星镇");
  expect(await ends("海安哪个镇街上周最好")).toBe("前1名：城东镇、曲塘镇");
  expect(await ends("镇街 上周")).toBeUndefined();
});

test("counties see their own towns in full and the others' ranks alone", async () => {
  const seen = async (who: string, phrase = "镇街 上周") => {
    const rows = (await office.says(who, phrase)).facts.rows as Row[];
    return [...new Set(rows.flatMap(({ county, value }) => (value === null ? [] : [county])))];
  };
  for (const who of ["市办", "市领导", "督查", "住建联络员"])
    expect(await seen(who)).toEqual(["海门", "海安", "通州"]);
  for (const who of ["海安联络员", "海安领导", "城东镇联络员"]) expect(await seen(who)).toEqual(["海安"]);
  expect(await seen("如皋联络员")).toEqual([]);
  expect(await seen("海安联络员", "镇街 海门 上周")).toEqual([]);
  const { text } = await office.says("海安联络员", "镇街 海门 上周");
  expect(text).toContain("其他县（市、区）的镇街只列位次");
  expect(text).not.toMatch(/\b(10|20|25)\b/);
});

describe("before the plan's day there is the list of how far the stations are", () => {
  test.each([
    ["如皋联络员", "镇街 如皋 上周", "如皋的镇街排名自2020年9月30日起实施"],
    ["海安联络员", "海安镇街 2020-06-22..2020-06-28", "海安的镇街排名自2020年6月30日起实施"],
    ["市办", "镇街 2020-06-22..2020-06-28", "自2020年6月30日起排名"],
  ])("%s %s", async (who, phrase, why) => {
    const { facts, text } = await office.says(who, phrase);
    expect(facts).toMatchObject({ ranked: false });
    expect(text).toContain(why);
  });

  test("planned stations come from the pack, sixty in all; what is built and complete from the data", async () => {
    const { readiness } = (await office.says("市办", "镇街 准备情况")).facts;
    const of = (county: string) => readiness.find((row: { county: string }) => row.county === county);
    expect(readiness.reduce((sum: number, { planned }: { planned: number }) => sum + planned, 0)).toBe(60);
    expect(of("海安")).toMatchObject({ planned: 9, built: 3, towns: 9, from: "2020-06-30" });
    expect(of("海安").without).toContain("墩头镇");
    // One day of 如皋's new station of three days.
    expect(of("如皋")).toMatchObject({ planned: 10, built: 0, completePct: null });
    await importText(office, [
      HEAD,
      ...["06", "07", "08", "09", "10"].map((day) => `2020-06-${day},演示·二甲镇站,清除,60,8,20,0.7,80`),
    ]);
    expect((await office.says("市办", "镇街 通州 准备情况")).facts.readiness[0].completePct).toBeLessThan(
      of("通州").completePct,
    );
  });
});

test("a county whose towns nobody has listed says so, before and after its day, and ranks nobody in silence", async () => {
  const own = await anOffice({ at: "2020-10-20T10:00" });
  const missing = "如皋的镇街名单还没有录入";
  expect((await own.says("市办", "镇街 如皋 准备情况")).text).toContain(missing);
  const after = await own.says("市办", "镇街 如皋 上周");
  expect(after.facts).toMatchObject({ ranked: false, county: "如皋" });
  expect(after.text).toContain(missing);
  expect((await own.says("市办", "镇街 上周")).text).toMatch(/如皋、.*的镇街名单还没有录入/);
  expect((await own.says("市办", "镇街 海安 准备情况")).text).not.toContain("名单还没有录入");
  own.close();
});

test.each([
  ["镇街 海安 2020-08", "bad-period"],
  ["镇街 海安 2025-13", "bad-period"],
])("%s is refused", async (phrase, code) => {
  expect((await office.says("海安联络员", phrase)).code).toBe(code);
});
