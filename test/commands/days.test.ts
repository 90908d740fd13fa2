import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dailySheet } from "../../src/air/daily-sheet.ts";
import { sheetFigures } from "../../src/air/daily-sheet-card.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const at = (there: AnOffice, day: Temporal.PlainDate) => {
  const now = day.toZonedDateTime({ timeZone: "Asia/Shanghai", plainTime: "08:30" }).toInstant();
  there.bot.clock = { now: async () => now };
};

test("昨日 has every county with AQI, class, primary pollutant, PM2.5 and O3, and the city before them", async () => {
  const { command, facts, text } = await office.says("海安联络员", "昨日");
  expect(command).toBe("days");
  expect(facts).toMatchObject({
    date: "2020-06-14",
    from: "2020-06-14",
    to: "2020-06-14",
    dataState: "unaudited",
  });
  expect(facts.rows).toHaveLength(11);
  expect(facts.rows[0]).toEqual({
    ...{ county: "海安", aqi: 151, level: "中度", primaryPollutants: ["O3_8h"], pm25: 32, o3_8h: 216 },
  });
  expect(text).toContain("各县（市、区）均超标，须说明情况。\n");
  expect(text).toContain("未经审核，仅供参考");
});

test.each([
  ["日报", "2020-06-14", /^昨日快报（6月14日）/],
  ["日报 6月3日", "2020-06-03", /^日报（6月3日）/],
  ["昨天各县AQI", "2020-06-14", /^昨日快报/],
  ["6月3号的日报发我一下", "2020-06-03", /^日报/],
])("%s is the sheet of %s", async (phrase, date, title) => {
  const { command, facts, card } = await office.says("市办", phrase);
  expect([command, facts.date]).toEqual(["days", date]);
  expect(card.title).toMatch(title);
});

test.each([
  ["日报 上周", "bad-period"],
  ["日报 今天", "bad-period"],
  ["日报 2018-05-04", "no-data"],
])("%s is refused as %s", async (phrase, code) => {
  expect((await office.says("市办", phrase)).code).toBe(code);
});

describe("each figure of it is that of the command which answers the same", () => {
  // Two months, every day of them in the full run.
  const first = Temporal.PlainDate.from("2020-05-01");
  const all = Array.from({ length: 61 }, (_, i) => first.add({ days: i }));
  const days = process.env.TEST_FULL
    ? all
    : all.filter((day) => [3, 30].includes(day.day) || day.toString() === "2020-05-31");
  const LEVEL = {
    优: "优",
    良: "良",
    轻度: "轻度污染",
    中度: "中度污染",
    重度: "重度污染",
    严重: "严重污染",
  } as const;
  const LABEL: Record<string, string> = { O3_8h: "O₃", NO2: "NO₂", SO2: "SO₂" };

  test.each(days.map((day) => [day.toString(), day] as const))("%s", async (date, day) => {
    const on = day.add({ days: 1 });
    at(office, on);
    const sheet = await office.bot.store.read((r) =>
      dailySheet(r, office.bot.office, { from: day, to: day }),
    );
    if (isRefusal(sheet)) throw new Error(sheet.message);
    const printed = new Map(sheetFigures(sheet).map(({ of, figure, value }) => [`${of} ${figure}`, value]));
    const told = new Set<string>();
    const is = (of: string, figure: string, value: string) => {
      expect([of, figure, printed.get(`${of} ${figure}`)]).toEqual([of, figure, value]);
      told.add(`${of} ${figure}`);
    };
    const label = `${day.month}月${day.day}日`;
    for (const county of ["全市", ...(sheet.days[0]?.rows.map((row) => row.county) ?? [])]) {
      const { facts } = await office.says("市办", `${county} ${date}`);
      const known = facts.level !== null;
      const least = facts.atLeast === true;
      is(county, `${label} AQI`, known ? `${least ? "≥" : ""}${facts.aqi}` : "缺");
      is(
        county,
        `${label} 级别`,
        known ? `${least ? "至少" : ""}${LEVEL[facts.level as keyof typeof LEVEL]}` : "—",
      );
      const primary = facts.primaryPollutants.map((p: string) => LABEL[p] ?? p).join("、");
      is(county, `${label} 首要污染物`, primary || "—");
      for (const [p, name] of [
        ["PM2.5", "PM2.5"],
        ["O3_8h", "O₃"],
      ] as const)
        is(
          county,
          `${label} ${name}`,
          facts.pollutants[p].value === null ? "缺" : String(facts.pollutants[p].value),
        );
      const spans = [
        [`${day.year}年${day.month}月`, `${day.month}月`],
        [`${day.year}年`, "今年"],
      ] as const;
      for (const [span, name] of spans) {
        const toDate = (await office.says("市办", `${county} ${span}`)).facts;
        const { value } = toDate.pollutants["PM2.5"];
        is(county, `${span} ${name}PM2.5`, value === null ? "—" : String(value));
        const rate = toDate.attainmentRatePct;
        is(county, `${span} 优良率`, rate === null ? "—" : `${rate.toFixed(1)}%`);
        is(county, `${span} 超标天`, `${toDate.days.valid - toDate.days.good}天`);
      }
    }
    const { levels } = (await office.says("市办", `预算 ${on.year}年${on.month}月`)).facts;
    for (const [kind, name] of [
      ["constraint", "约束性"],
      ["stretch", "奋斗"],
    ] as const)
      for (const [level, word] of [
        ["month", "月"],
        ["quarter", "季"],
        ["year", "年"],
      ] as const) {
        const targets = levels
          .find((one: { level: string }) => one.level === level)
          .targets.filter((t: { kind: string }) => t.kind === kind);
        const mean = targets.find((t: { indicator: string }) => t.indicator === "pm25-mean");
        const { badDaysLeft } = targets.find((t: { indicator: string }) => t.indicator === "attainment-rate");
        is(`全市${name}`, `剩余 ${word}剩余须≤`, mean.remainingAllowableMeanUgM3.toFixed(1));
        is(
          `全市${name}`,
          `剩余 ${word}还可超标`,
          badDaysLeft < 0 ? `已突破${-badDaysLeft}天` : `${badDaysLeft}天`,
        );
      }
    expect([...printed.keys()].filter((key) => !told.has(key))).toEqual([]);
  });
});

test("what is missing is shown as missing, and isn't taken for clean", async () => {
  const own = await anOffice();
  const day = "2020-06-10";
  await importText(own, [
    "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h",
    `${day},如东,清除,清除,清除,清除,清除,清除`,
  ]);
  const { facts, text } = await own.says("市办", `日报 ${day}`);
  expect(facts.missing).toEqual(["如东"]);
  expect(facts.rows.find((row: { county: string }) => row.county === "如东")).toMatchObject({
    aqi: null,
    pm25: null,
  });
  expect(text).toContain("缺：如东");
  own.close();
});

test("a county with targets is held to its own control value: the furthest above it explains", async () => {
  const own = await anOffice({ at: "2020-01-15T08:30" });
  await importText(own, ["县区,指标,约束性,奋斗", "如东,PM2.5,10,9", "海安,PM2.5,60,59"]);
  at(own, Temporal.PlainDate.from("2020-05-05"));
  const now = await own.says("市办", "日报 2020-05-04");
  expect(now.facts.explain).toEqual([{ county: "如东", reasons: ["worst-against-control"] }]);
  expect(now.text).toContain("须说明情况：如东（超本地控制值最多）");
  expect(now.facts.budgets.map((b: { county: string }) => b.county)).toEqual(["南通", "海安", "如东"]);
  // A month's own target goes before the value derived from the year's.
  await importText(own, ["县区,指标,月份,约束性", "如东,PM2.5,5,100", "海安,PM2.5,5,4"]);
  const { facts } = await own.says("市办", "日报 2020-05-04");
  expect(facts.explain).toEqual([{ county: "海安", reasons: ["worst-against-control"] }]);
  own.close();
});
