import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importFile } from "../../../src/incoming/import-file.ts";
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
