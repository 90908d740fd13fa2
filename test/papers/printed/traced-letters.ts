import { expect, test } from "vitest";
import { changeWords } from "../../../src/domain/air/change.ts";
import { POLLUTANTS } from "../../../src/domain/air/day.ts";
import type { MaterialFacts } from "../../../src/meetings/material.ts";
import type { WarningLetter } from "../../../src/papers/warning/letter.ts";
import { answerOf, type Facts, factsOf, office, papersOf } from "./story.ts";

// A meeting's material, letters and the notice of a 约谈 say what the commands answer that ask the same.

test("a meeting's material is what 县区, 排名, 达标进度, 滞后 and 问题 answer on its morning", async () => {
  const [material] = await papersOf("meeting-material");
  if (material === undefined) throw new Error("there is no material");
  const { air, ranking, pace, lagging, issues, asOf } = material.facts as MaterialFacts;
  for (const { place, valid, values, rate } of air) {
    const own = await factsOf(`${place} 2020-06`);
    expect([place, valid, ...values, rate]).toEqual([
      place,
      own.days.valid,
      ...POLLUTANTS.map((p) => own.pollutants[p].value?.toFixed(p === "CO" ? 1 : 0) ?? "—"),
      own.attainmentRatePct?.toFixed(1) ?? "—",
    ]);
  }
  const ranked = (await factsOf("排名 2020-06 PM2.5")).rows as { county: string; rank: number }[];
  expect(ranking?.rows.map(({ name, rank }) => [name, rank])).toEqual(
    ranked.map((row) => [row.county, row.rank]),
  );
  for (const { name, value, changePct } of ranking?.rows ?? []) {
    const own = await factsOf(`${name} 2020-06`);
    expect([name, value, changePct]).toEqual([
      name,
      own.pollutants["PM2.5"].value,
      own.yearOnYear["PM2.5"] ?? null,
    ]);
  }
  expect(pace.map(({ rows }) => rows)).toEqual(
    (["达标进度", "达标进度 优良率"] as const).map((phrase) => answerOf(phrase, asOf).chart.rows),
  );
  expect(
    lagging.map(([no, indicator, county, , actual, level]) => [no, indicator, county, amount(actual), level]),
  ).toEqual(
    answerOf("滞后", asOf).rows.map((row: Facts) => [
      ...[row.measure, row.indicator, row.county ?? "全市", row.actual ?? 0, row.level ?? "—"],
    ]),
  );
  const overdue = answerOf("问题 超期", asOf).rows as {
    no: string;
    county: string;
    title: string;
    due: string;
  }[];
  expect(issues.rows.toSorted()).toEqual(
    overdue.map(({ no, county, title, due }) => [no, county, title, due]).toSorted(),
  );
  expect([issues.open, issues.overdue]).toEqual([answerOf("问题", asOf).total, overdue.length]);
});

/** What is no count is said in words, and is nothing so far. */
const amount = (words = "") => Number.parseFloat(words) || 0;

test("a letter is what 县区, 排名, 全省排名 and 滞后 answer", async () => {
  const letters = await papersOf("warning-letter");
  const ranked = (await factsOf("排名 2020-01-01..2020-06-30 PM2.5")).rows as {
    county: string;
    rank: number;
  }[];
  const red = (answerOf("滞后", "2020-07-10").rows as Facts[]).filter(({ level }) => level === "红");
  expect(letters.length).toBeGreaterThan(1);
  for (const { row, facts, figures } of letters) {
    const { short, grounds } = facts as WarningLetter;
    const told: Record<string, unknown> = {};
    if (row.regionId !== null) {
      const own = await factsOf(`${short} 2020-01-01..2020-06-30`);
      const provincial = await factsOf(`全省排名 ${short}`);
      const june = provincial?.rows.find(({ month }: { month: string }) => month === "2020-06");
      Object.assign(told, {
        [`${short} PM2.5`]: String(own.pollutants["PM2.5"].value),
        [`${short} PM2.5同比`]: changeWords(own.yearOnYear["PM2.5"] ?? null),
        [`${short} 优良率`]: `${own.attainmentRatePct.toFixed(1)}%`,
        [`${short} 优良率同比`]: changeWords(own.yearOnYear.attainmentRatePoints ?? null, "个百分点"),
        [`${short} 全市位次`]: String(ranked.find(({ county }) => county === short)?.rank ?? "—"),
        [`${short} 全省位次`]: String(june?.rank ?? "—"),
      });
    }
    for (const { no, name, county } of grounds.tasks) {
      const task = red.find((one) => one.measure === no && one.indicator === name && one.county === county);
      told[`${county ?? short} ${name}`] = task?.actual ?? 0;
    }
    const isTask = (figure: string) => grounds.tasks.some(({ name }) => name === figure);
    expect([
      short,
      Object.fromEntries(
        figures.map(({ of, figure, value }) => [`${of} ${figure}`, isTask(figure) ? amount(value) : value]),
      ),
    ]).toEqual([short, told]);
  }
});

test("the notice of a 约谈 is what 全省排名 answers of its months", async () => {
  const [notice] = await papersOf("interview");
  const { rows } = await factsOf("全省排名 海安");
  const months = (rows as { month: string; rank: number; of: number; pm25: number }[]).filter(
    ({ month }) => "2020-04" <= month && month <= "2020-06",
  );
  expect(notice?.figures).toEqual(
    months.flatMap(({ month, rank, of, pm25 }) => [
      { of: "海安", figure: `${month}全省位次`, value: `${rank}/${of}` },
      { of: "海安", figure: `${month}PM2.5`, value: String(pm25) },
    ]),
  );
  const own = (await office.says("市办", "约谈 海安")).facts.interviews;
  expect(own.map(({ months }: Facts) => months.map(({ month }: Facts) => month))).toEqual([
    ["2020-04", "2020-05", "2020-06"],
  ]);
});
