import { expect, test } from "vitest";
import type { DailySheet } from "../../../src/air/daily-sheet.ts";
import { sheetWords } from "../../../src/air/daily-sheet-card.ts";
import { answerOf, daysAsked, type Facts, factsOf, full, papersOf } from "./story.ts";

const shown = (value: number | null | undefined, decimals = 0, unit = "") =>
  value == null ? "缺" : `${value.toFixed(decimals)}${unit}`;
const GASES: Record<string, string> = { O3_8h: "O₃", NO2: "NO₂", SO2: "SO₂" };

test("each day's and each sum's figure of the daily sheets is what 县区 answers for it", async () => {
  let figures = 0;
  for (const [nth, { row, figures: printed }] of (await papersOf("daily-sheet")).entries())
    for (const { of, figure, value } of full || nth % 3 === 0 ? printed : []) {
      const [group = "", column = ""] = figure.split(" ");
      const day = /^(\d+)月(\d+)日$/.exec(group);
      const first = `${row.lastDay.slice(0, 4)}-01-01`;
      const sum = /^\d+年\d+月$/.test(group)
        ? `${row.lastDay.slice(0, 8)}01`
        : /^\d+年$/.test(group)
          ? first
          : null;
      const from = day ? `2020-${day[1]?.padStart(2, "0")}-${day[2]?.padStart(2, "0")}` : sum;
      if (from === null) continue;
      const facts = await factsOf(`${of} ${day ? from : `${from}..${row.lastDay}`}`);
      const now = day
        ? {
            AQI: shown(facts?.aqi),
            级别: facts?.level ?? "—",
            首要污染物: (facts?.primaryPollutants ?? []).map((p: string) => GASES[p] ?? p).join("、") || "—",
            "PM2.5": shown(facts?.pollutants["PM2.5"].value),
            "O₃": shown(facts?.pollutants.O3_8h.value),
          }[column]
        : column === "优良率"
          ? shown(facts?.attainmentRatePct, 1, "%")
          : column === "超标天"
            ? `${(facts?.days.valid ?? 0) - (facts?.days.good ?? 0)}天`
            : shown(facts?.pollutants["PM2.5"].value ?? facts?.pollutants["PM2.5"].reference);
      if (now === undefined || (facts !== null && facts.sufficient === false)) continue;
      expect([row.key, of, figure, value.replace("轻度污染", "轻度").replace("中度污染", "中度")]).toEqual([
        row.key,
        of,
        figure,
        now,
      ]);
      figures += 1;
    }
  expect(figures).toBeGreaterThan(full ? 5000 : 150);
});

test("what a daily sheet says remains is what 预算 answers on its morning, in its table and in words", async () => {
  let figures = 0;
  for (const { row, figures: printed, facts } of await papersOf("daily-sheet")) {
    const own = Object.fromEntries(
      printed.flatMap(({ of, figure, value }) =>
        figure.startsWith("剩余 ") ? [[`${of} ${figure.slice(3)}`, value]] : [],
      ),
    );
    const on = Temporal.PlainDate.from(row.lastDay).add({ days: 1 }).toString();
    const [city, county] = [answerOf("预算", on), answerOf("预算 海安", on)];
    expect([on, own]).toEqual([on, { ...remainderOf("全市", city), ...remainderOf("海安", county) }]);
    const words = sheetWords(facts as DailySheet).held;
    expect(words.map((text) => text.split("（")[0])).toEqual([
      ...heldOf("全市", city),
      ...heldOf("海安", county),
    ]);
    figures += Object.keys(own).length;
  }
  expect(figures).toBeGreaterThan(full ? 800 : 150);
});

const KINDS = { constraint: "约束性", stretch: "奋斗" } as const;
function remainderOf(name: string, { levels }: Facts): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const { level, targets } of levels) {
    const word = { month: "月", quarter: "季", year: "年" }[level as string];
    for (const { indicator, kind, ...one } of targets)
      if (indicator === "pm25-mean")
        cells[`${name}${KINDS[kind as "stretch"]} ${word}剩余须≤`] =
          one.state === "unreachable" ? "已不可能" : one.remainingAllowableMeanUgM3.toFixed(1);
      else
        cells[`${name}${KINDS[kind as "stretch"]} ${word}还可超标`] =
          one.badDaysLeft < 0 ? `已突破${-one.badDaysLeft}天` : `${one.badDaysLeft}天`;
  }
  return cells;
}
const heldOf = (name: string, { today }: Facts): string[] =>
  today.flatMap(({ kind, pm25LimitUgM3 }: { kind: "stretch"; pm25LimitUgM3: number | null }) =>
    pm25LimitUgM3 === null
      ? []
      : [`${name}${KINDS[kind]}：今天PM2.5须控制在${pm25LimitUgM3.toFixed(1)}µg/m³以内`],
  );

test("each line of a lag warning is a line of 滞后 on its day", async () => {
  const warnings = await papersOf("lagging-warning");
  expect(warnings.map(({ row }) => row.key)).toEqual(daysAsked().filter((day) => /-(01|16)$/.test(day)));
  // What is no count is said in words, and is nothing so far.
  for (const { row, figures } of warnings)
    expect([
      row.key,
      ...figures.map(({ of, figure, value }) => [of, figure, Number.parseFloat(value) || 0]),
    ]).toEqual([
      row.key,
      ...answerOf("滞后", row.key).rows.map((line: Facts) => [
        line.county ?? "全市",
        line.indicator,
        line.actual ?? 0,
      ]),
    ]);
});
