import { afterAll, beforeAll, expect, test } from "vitest";
import type { YearFacts } from "../../src/papers/year/year-facts.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { expectWellLaid } from "../support/well-laid.ts";

let office: AnOffice;
let year: YearFacts;
beforeAll(async () => {
  office = await anOffice({ at: "2021-01-20T08:50" });
  await office.advanceTo("2021-01-20T09:00");
  const rows = (await facts("文件")).rows as { no: string; kind: string }[];
  year = (await facts(`文件 ${rows.find(({ kind }) => kind === "year-report")?.no}`)).figures;
});
afterAll(() => office.close());

const facts = async (ask: string) => (await office.says("市办", ask)).facts;

test("on 20 January the office is asked to check it, and nobody else has it yet", async () => {
  await office.expectCards([{ to: "市办", title: "待审核：年度工作总结（2020年）" }], { job: "year-report" });
  await expectWellLaid(office, "year-report");
});

test("each place's air and targets are what 全市 and 县区 answer for the year", async () => {
  expect(year.places.length).toBeGreaterThan(8);
  for (const one of year.places) {
    const answer = await facts(one === year.places[0] ? "全市 2020" : `${one.place} 2020`);
    expect([one.place, one.published, one.composite, one.attainmentRatePct]).toEqual([
      one.place,
      Object.fromEntries(
        Object.entries(answer.pollutants as Record<string, { value: number | null }>).map(
          ([p, { value }]) => [p, value],
        ),
      ),
      answer.composite,
      answer.attainmentRatePct,
    ]);
    expect([one.validDays, one.calendarDays, one.goodDays]).toEqual([
      answer.days.valid,
      answer.days.calendar,
      answer.days.good,
    ]);
    expect([one.pm25ChangePct, one.attainmentChangePoints]).toEqual([
      answer.yearOnYear["PM2.5"],
      answer.yearOnYear.attainmentRatePoints,
    ]);
    const targets = answer.targets as { indicator: string; kind: string; toDate: number; state: string }[];
    expect(one.aims.map(({ indicator, kind, reached, met }) => ({ indicator, kind, reached, met }))).toEqual(
      targets.map(({ indicator, kind, toDate, state }) => ({
        indicator,
        kind,
        reached: toDate,
        met: state === "met",
      })),
    );
  }
});

test("counties stand in the order of 排名, and each month of dustfall counts once", async () => {
  const ranking = await facts("排名 2020 PM2.5");
  const ranked = ranking.rows.map(({ county, rank }: { county: string; rank: number }) => [county, rank]);
  expect(
    year.places.flatMap(({ place, rank }) => (rank ? [[place, Number.parseInt(rank, 10)]] : [])),
  ).toEqual(ranked);
  const dustfall = year.places.flatMap(({ dustfall }) => dustfall ?? []);
  expect(dustfall.every(({ months }) => months <= 12)).toBe(true);
});

test("each indicator is done, not done or unreported as 任务 has it", async () => {
  const measures = new Set(year.tasks.map(({ measure }) => measure));
  expect(measures).toEqual(new Set(office.bot.office.pack.indicators.map(({ measure }) => measure)));
  let judged = 0;
  for (const measure of measures) {
    const { measure: asked } = await facts(`任务 ${measure}`);
    const own = year.tasks.filter((task) => task.measure === measure && task.county === null);
    for (const indicator of asked.indicators as { name: string; level: string; county?: string | null }[]) {
      const one = own.find(({ indicator: name }) => name === indicator.name);
      if (one === undefined) continue;
      const says = indicator.level === "绿" ? "完成" : indicator.level === "灰" ? "未报" : "未完成";
      expect([measure, one.indicator, one.result]).toEqual([measure, indicator.name, says]);
      judged += 1;
    }
  }
  expect(judged).toBeGreaterThan(50);
});

test("the issues are those of 统计", async () => {
  const asked = await facts("统计 2020");
  const [whole, ...counties] = year.issues;
  expect([whole?.figures.assigned, whole?.figures.onTime.met, whole?.figures.onTime.of]).toEqual([
    asked.assigned,
    asked.inTime,
    asked.due,
  ]);
  expect(counties.reduce((sum, { figures }) => sum + figures.assigned, 0)).toBe(asked.assigned);
});
