import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFile } from "../../../src/incoming/import-file.ts";
import { importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";
import { readText } from "../../support/read-table.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const read = (...lines: string[]) => readText(office, ["县区,指标,约束性,奋斗", ...lines].join("\n"));

test("reads the air targets and those of a measure, as exact decimal texts", async () => {
  expect(
    await read(
      "海安,PM2.5,36,35",
      "海安,优良率,80.8%,83",
      "海安,密封点2000个及以上的企业按要求开展LDAR,42,",
      "如皋,m16-ldar,-,50.0",
    ),
  ).toEqual({
    kind: "county-targets",
    leftOut: 0,
    rows: [
      { regionId: "haian", indicator: "pm25-mean", span: "year", constraint: "36", stretch: "35" },
      { regionId: "haian", indicator: "attainment-rate", span: "year", constraint: "80.8", stretch: "83" },
      { regionId: "haian", indicator: "m16-ldar", span: "year", constraint: "42", stretch: null },
      { regionId: "rugao", indicator: "m16-ldar", span: "year", constraint: null, stretch: "50" },
    ],
    rejected: [],
  });
});

test.each([
  ["pm2.5", "pm25-mean", "36"],
  ["PM2.5年均浓度（μg/m³）", "pm25-mean", "36"],
  ["AQI达标率", "attainment-rate", "80"],
  ["attainment", "attainment-rate", "80"],
  ["优良率（%）", "attainment-rate", "80"],
])("%s is %s", async (name, indicator, value) => {
  expect((await read(`海安,${name},${value},`)).rows).toEqual([
    { regionId: "haian", indicator, span: "year", constraint: value, stretch: null },
  ]);
});

test.each([
  ["an unknown county", "海按,PM2.5,36,35", /^县区 海按 没有名为“海按”的县/],
  ["no county", ",PM2.5,36,35", /^县区 {2}没有写明县区/],
  ["an unknown indicator", "海安,绿化率,36,35", /^指标 绿化率 没有名为“绿化率”的指标，请填 PM2\.5、优良率/],
  ["no indicator", "海安,,36,35", /没有写明指标/],
  ["no target", "海安,PM2.5,,—", /没有写明约束性或奋斗，请补上/],
  ["no number", "海安,PM2.5,三十六,35", /^约束性 三十六 不是数字/],
  ["a negative target", "海安,PM2.5,-36,35", /不是数字/],
  ["PM2.5 out of range", "海安,PM2.5,350,35", /应在1至200之间/],
  ["PM2.5 below range", "海安,PM2.5,36,0.5", /^奋斗 0\.5 .*1至200/],
  ["a rate out of range", "海安,优良率,80.8,101", /^奋斗 101 .*0至100/],
  ["a rate as a fraction", "海安,优良率,0.808,", /请填百分数/],
  [
    "a PM2.5 stretch weaker than the constraint",
    "海安,PM2.5,35,36",
    /^奋斗 36 奋斗目标不应高于约束性目标（35）/,
  ],
  [
    "a rate stretch weaker than the constraint",
    "海安,优良率,83,80.8",
    /^奋斗 80\.8 奋斗目标不应低于约束性目标（83）/,
  ],
  ["an indicator's stretch weaker than its constraint", "海安,m24-road-dust,4.5,4.6", /不应高于/],
])("rejects %s", async (_, line, reason) => {
  const { rows, rejected } = await read(line);
  expect(rows).toEqual([]);
  expect(rejected.map((r) => `${r.column} ${r.value} ${r.reason}`)).toEqual([expect.stringMatching(reason)]);
});

test("the same target twice counts once; two different ones are both rejected", async () => {
  const { rows, rejected } = await read(
    "海安,PM2.5,36,35",
    "海安,pm2.5,36.0,35",
    "如皋,PM2.5,36,",
    "如皋,PM2.5,37,",
  );
  expect(rows).toEqual([
    { regionId: "haian", indicator: "pm25-mean", span: "year", constraint: "36", stretch: "35" },
  ]);
  expect(rejected.map((r) => [r.row, r.reason])).toEqual([
    [4, expect.stringMatching(/与第5行是同一县区同一指标/)],
    [5, expect.stringMatching(/与第4行/)],
  ]);
});

test("a corrected target keeps its old value in the revision log, with who and when", async () => {
  const person = await office.bot.store.read((r) => r.people.byName("市办"));
  const brings = (target: string) => {
    const bytes = new TextEncoder().encode(`县区,指标,约束性,奋斗\n启东,PM2.5,${target}`);
    return importFile(office.bot, { bytes, name: "目标.csv" }, { person, partial: false });
  };
  expect(await brings("38,37")).toMatchObject({ added: 1 });
  expect(await brings("38.0,37")).toMatchObject({ unchanged: 1 });
  expect(await brings("36,")).toMatchObject({ corrected: 1 });
  const raw = new Database(office.file, { readonly: true });
  const revisions = raw
    .prepare("select subject, before, after, person_id, at from revision where before <> 'null'")
    .all();
  raw.close();
  expect(revisions).toEqual([
    {
      subject: "county_target/qidong/pm25-mean",
      before: '["38","37"]',
      after: '["36",null]',
      person_id: person?.id,
      at: (await office.bot.clock.now()).epochMilliseconds,
    },
  ]);
});

describe("targets of a month or a quarter", () => {
  const spans = async (head: string, ...cells: string[]) => {
    const lines = cells.map((cell) => `海安,PM2.5,${cell},36,35`);
    return readText(office, [`县区,指标,${head},约束性,奋斗`, ...lines].join("\n"));
  };

  test.each([
    ["时段", "全年", "year"],
    ["时段", "2020年", "year"],
    ["时段", "", "year"],
    ["时段", "6月", "m06"],
    ["时段", "2020-06", "m06"],
    ["时段", "2020年六月份", "m06"],
    ["时段", "二季度", "q2"],
    ["时段", "2020Q2", "q2"],
    ["时段", "第2季度", "q2"],
    ["月份", "6", "m06"],
    ["月份", "12", "m12"],
    ["月份", "2020-06-01", "m06"],
    ["季度", "2", "q2"],
    ["季度", "二", "q2"],
  ])("%s %s is %s", async (head, cell, span) => {
    expect((await spans(head, cell)).rows).toMatchObject([{ span, constraint: "36" }]);
  });

  test.each([
    ["时段", "上半年", /看不懂“上半年”，请写成 6月、二季度或全年/],
    ["时段", "本月", /看不懂“本月”/],
    ["时段", "6", /看不懂“6”/],
    ["时段", "2021年6月", /计划是2020年的，没有2021年的目标/],
    ["时段", "6月8日", /不是整月/],
    ["月份", "13", /13月|没有/],
    ["季度", "5", /没有第5季度/],
  ])("%s %s is refused", async (head, cell, reason) => {
    const { rows, rejected } = await spans(head, cell);
    expect(rows).toEqual([]);
    expect(rejected.map((one) => one.reason)).toEqual([expect.stringMatching(reason)]);
  });

  test("a month beside its quarter is the month's; beside another quarter it is refused", async () => {
    const { rows, rejected } = await spans("季度,月份", "二季度,6月", "二季度,", "一季度,6月");
    expect(rows).toMatchObject([{ span: "m06" }, { span: "q2" }]);
    expect(rejected.map((one) => [one.row, one.reason])).toEqual([
      [4, expect.stringContaining("与同一行的季度或时段不符")],
    ]);
  });

  test("a month may come beside the year's; twice with two values both are refused", async () => {
    expect((await spans("时段", "全年", "6月")).rows).toHaveLength(2);
    const text = [
      "县区,指标,时段,约束性",
      "海安,PM2.5,,36",
      "海安,PM2.5,6月,30",
      "海安,PM2.5,2020-06,31",
    ].join("\n");
    const { rows, rejected } = await readText(office, text);
    expect(rows).toMatchObject([{ span: "year" }]);
    expect(rejected.map((one) => [one.row, one.reason])).toEqual([
      [3, expect.stringContaining("同一时段但目标不同")],
      [4, expect.stringContaining("同一时段但目标不同")],
    ]);
  });

  test("the title's month or quarter counts where no column says one; the day of a document doesn't", async () => {
    const titled = async (title: string) =>
      (await readText(office, [`${title},,,`, "县区,指标,约束性,奋斗", "海安,PM2.5,36,35"].join("\n"))).rows;
    expect(await titled("2020年6月县级目标")).toMatchObject([{ span: "m06" }]);
    expect(await titled("2020年二季度县级目标")).toMatchObject([{ span: "q2" }]);
    expect(await titled("2020年第3季度县级目标")).toMatchObject([{ span: "q3" }]);
    expect(await titled("县级目标分解表（2020年3月印发）")).toMatchObject([{ span: "year" }]);
    const beside = ["2020年6月县级目标,,,", "县区,指标,月份,约束性", "海安,PM2.5,5月,36"];
    expect((await readText(office, beside.join("\n"))).rows).toMatchObject([{ span: "m05" }]);
    expect((await importText(office, beside)).read?.lines.join()).not.toContain("取自标题");
  });

  test.each([
    ["全年", "year"],
    ["二季度", "q2"],
    ["7月", "m07"],
    ["", "m06"],
  ])("what a row says goes before the title's month: 时段 %s is %s", async (cell, span) => {
    const text = `2020年6月县级目标,,,\n县区,指标,时段,约束性\n海安,PM2.5,${cell},36`;
    expect((await readText(office, text)).rows).toMatchObject([{ span }]);
    const { read } = await importText(office, text.split("\n"));
    expect(read?.lines.some((line) => line.includes("取自标题"))).toBe(cell === "");
  });

  test.each([
    ["2020年二季度、三季度", "季度"],
    ["2020年二、三季度", "季度"],
    ["2020年一季度至三季度", "季度"],
    ["2020年前三季度", "季度"],
    ["2020年二季度和2020年三季度", "季度"],
    ["2020年5月、6月", "月份"],
    ["2020年4月至2020年6月", "月份"],
    ["2020年4—6月", "月份"],
  ])(
    "a title of several (%s) is no single one's, nor the year's: rows have to say it",
    async (title, column) => {
      const text = (head: string, row: string) => [`${title}县级目标,,,`, head, row].join("\n");
      const refused = readText(office, text("县区,指标,约束性,奋斗", "海安,PM2.5,36,35"));
      await expect(refused).rejects.toThrow(`请加“${column}”列逐行写明`);
      const { rows } = await readText(office, text("县区,指标,时段,约束性", "海安,PM2.5,6月,36"));
      expect(rows).toMatchObject([{ span: "m06" }]);
    },
  );

  test("an indicator of a measure has no month's target", async () => {
    const { rejected } = await readText(office, "县区,指标,时段,约束性\n海安,m16-ldar,6月,42");
    expect(rejected.map((one) => one.reason)).toEqual([expect.stringContaining("只用于PM2.5和优良率")]);
  });

  test("targets that can't all be kept are entered and named; a correction of one is taken back alone", async () => {
    const result = await importText(office, [
      "县区,指标,时段,约束性",
      ...["如东,PM2.5,全年,36", "如东,PM2.5,二季度,25"],
      ...["如东,PM2.5,4月,28", "如东,PM2.5,5月,26", "如东,PM2.5,6月,24"],
    ]);
    expect(result).toMatchObject({
      added: 5,
      report: {
        facts: {
          conflicts: [
            expect.stringMatching(/^如东：PM2\.5约束性目标二季度25与4月28、5月26、6月24不能同时完成/),
          ],
        },
      },
    });
    const again = await importText(office, ["县区,指标,时段,约束性", "如东,PM2.5,4月,25"]);
    expect(again).toMatchObject({ corrected: 1 });
    expect(again).not.toHaveProperty("report");
    const known = async () =>
      (await office.bot.store.read((r) => r.plan.targetsOfSpans("rudong"))).map(
        ({ span, constraint }) => `${span} ${constraint}`,
      );
    expect(await known()).toContain("m04 25");
    // Tasks and standings know the year's alone.
    expect(await office.bot.store.read((r) => r.plan.countyTargets(["rudong"]))).toMatchObject([
      { span: "year" },
    ]);
    await office.says("市办", `撤回导入 ${"batch" in again ? again.batch : ""}`);
    expect((await known()).toSorted()).toEqual(["m04 28", "m05 26", "m06 24", "q2 25", "year 36"]);
  });
});
