import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { POLLUTANTS } from "../../src/domain/air/day.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const { leapYear, weeks } = parse(readFileSync("test/cases/figures.yaml", "utf8"));

type Values = Record<(typeof POLLUTANTS)[number], number | null>;
const MISSING = Object.fromEntries(POLLUTANTS.map((p) => [p, null])) as Values;

let office: AnOffice;
afterEach(() => office.close());

/** The days of a place as the test says, whatever the demonstration had. */
async function days(id: string, from: string, to: string, of: (date: string, k: number) => Values) {
  const first = Temporal.PlainDate.from(from);
  const rows = Array.from({ length: first.until(to).days + 1 }, (_, k) => {
    const date = first.add({ days: k }).toString();
    return { id, date, ...of(date, k) };
  });
  await office.bot.store.write((w) => w.air.mergeRegionDays(rows, { personId: null, at: 0 }));
}

/** Every figure of a card as it is printed, its title apart. */
const printed = ({ text }: { text: string }) => text;

describe("whole months compare with whole months, other periods by their dates", () => {
  beforeEach(async () => {
    office = await anOffice({ at: leapYear.clock });
    const usual = { "PM2.5": 40, PM10: 60, SO2: 6, NO2: 20, CO: 6, O3_8h: 100 };
    await days("qidong", "2019-01-01", "2021-02-28", (date) =>
      date === "2020-02-29" ? { ...usual, "PM2.5": 220, PM10: 300 } : usual,
    );
  });
  test.each<{ ask: string; pm25: number; yearOnYearPct: number }>(leapYear.cases)(
    "$ask: $yearOnYearPct %",
    async ({ ask, pm25, yearOnYearPct }) => {
      const { facts } = await office.says("市办", ask);
      expect(facts.pollutants["PM2.5"].value).toBe(pm25);
      expect(facts.yearOnYear["PM2.5"]).toBe(yearOnYearPct);
    },
  );
});

describe("a week of too few valid days publishes nothing, in an answer and in a notice", () => {
  beforeEach(async () => {
    office = await anOffice({ at: weeks.clock });
    for (const year of [2019, 2020])
      for (const [id, low, other] of [
        ["rugao", 30, { PM10: 60, SO2: 8, NO2: 25, CO: 7 }],
        ["qidong", 20, { PM10: 50, SO2: 6, NO2: 18, CO: 5 }],
        [office.bot.office.city.id, 30, { PM10: 60, SO2: 8, NO2: 25, CO: 7 }],
      ] as const) {
        const bad = id === "qidong" ? 1 : 2;
        const gaps = id === "qidong" ? (year === 2020 ? [1, 4] : []) : year === 2019 ? [2, 5] : [];
        await days(id, `${year}-05-11`, `${year}-05-17`, (_, k) =>
          gaps.includes(k) ? MISSING : { "PM2.5": low + k, O3_8h: k < bad ? 170 : 120, ...other },
        );
      }
  });

  test.each<{ ask: string; valid: number; pm25: number | null; attainmentRatePct?: number }>(weeks.cases)(
    "$ask: $valid valid days",
    async ({ ask, valid, pm25, attainmentRatePct = null }) => {
      const { facts } = await office.says("市办", ask);
      expect(facts.days.valid).toBe(valid);
      expect(facts.pollutants["PM2.5"].value).toBe(pm25);
      expect(facts.attainmentRatePct).toBe(attainmentRatePct);
      expect(new Set(Object.values(facts.yearOnYear))).toEqual(new Set([null]));
      if (pm25 === null) expect(facts.pollutants["PM2.5"].reference).toBe(23);
    },
  );

  test("no rank for 启东", async () => {
    const { facts } = await office.says("市办", "排名 2020-05-11..2020-05-17 PM2.5");
    expect(facts.rows.map((row: { county: string }) => row.county)).not.toContain("启东");
  });

  test("the notice says what the cards say", async () => {
    await office.advanceTo("2020-05-18T09:00");
    const [qidong] = (await office.cardsOf("启东领导")).filter((c) => c.title.includes("周通报"));
    const [rugao] = (await office.cardsOf("如皋领导")).filter((c) => c.title.includes("周通报"));
    const texts = (card = qidong) => card?.blocks.flatMap((b) => (b.kind === "text" ? [b.text] : [])) ?? [];
    expect(texts()).toEqual([
      "上周（2020年5月11日至17日）全市PM2.5均值33微克/立方米，环比上升3.1%，同比无法比较；O₃日最大8小时滑动平均第90百分位数170微克/立方米，同比无法比较；优良天数比率71.4%，同比无法比较；首要污染物O₃（7天）。",
      "启东：有效天数不足（5/7天），不予统计，不参与排名。",
      expect.stringMatching(/^今年以来（截至5月17日）全市PM2.5均值\d+微克/),
      expect.stringMatching(/^今年以来（截至5月17日）启东PM2.5均值\d+微克/),
      "问题：没有交办、应签收或到期的问题。",
      expect.stringMatching(/^任务滞后：\d+项/),
    ]);
    expect(texts(rugao)[1]).toMatch(
      /^如皋：PM2.5 33微克\/立方米，O₃ 170微克\/立方米，优良率71.4%，位次.*，PM2.5环比.*、同比无法比较，首要污染物O₃（7天）。$/,
    );
    const table = qidong?.blocks.find((b) => b.kind === "table");
    const rows = table?.kind === "table" ? table.rows : [];
    expect(rows.find((row) => row[1] === "启东")).toEqual([
      "—",
      "启东",
      "—",
      "无法比较",
      "无法比较",
      "—",
      "—",
    ]);
    const notes = qidong?.blocks.flatMap((b) => (b.kind === "note" ? [b.text] : [])) ?? [];
    expect(notes.join()).toContain("有效天数：启东5/7天，其余全部有效，不足的不予统计，不参与排名");
  });
});

describe("a rate rests on the days that are valid in all items", () => {
  test("with six days of each item, but no six together, there is none", async () => {
    office = await anOffice({ at: "2020-05-18T08:00" });
    const usual = { "PM2.5": 30, PM10: 60, SO2: 8, NO2: 25, CO: 7, O3_8h: 120 };
    await days("rugao", "2020-05-11", "2020-05-17", (_, k) => ({
      ...usual,
      ...(k === 1 ? { CO: null } : {}),
      ...(k === 4 ? { "PM2.5": null } : {}),
    }));
    const { facts, text } = await office.says("市办", "如皋 2020-05-11..2020-05-17");
    expect(facts).toMatchObject({
      attainmentRatePct: null,
      attainmentReferencePct: 100,
      yearOnYear: { attainmentRatePoints: null },
    });
    expect(facts.pollutants["PM2.5"].value).toBe(30);
    expect(text).toContain("优良天数比率：有效天数不足（5/6天），不予统计");
  });
});

describe("an incomplete day", () => {
  beforeEach(async () => {
    office = await anOffice({ at: "2020-05-18T08:00" });
  });
  const cases: [string, Partial<Values>, string, string][] = [
    ["exceeds already", { "PM2.5": 104 }, "AQI≥137，至少轻度污染", "PM2.5（按已有项目）"],
    ["may be anything", { "PM2.5": 20 }, "不计算AQI", "不能判定"],
  ];
  test.each(cases)("that %s", async (_what, values, headline, primary) => {
    await days("rugao", "2020-05-11", "2020-05-11", () => ({ ...MISSING, ...values }));
    const card = printed(await office.says("市办", "如皋 2020-05-11"));
    expect(card).toContain(headline);
    expect(card).toContain(primary);
    expect(card).not.toMatch(/首要污染物\S*\s*无/);
  });
});
