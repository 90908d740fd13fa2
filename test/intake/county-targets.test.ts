import { expect, test } from "vitest";
import { readCountyTargets } from "../../src/intake/county-targets.ts";
import { readTable, type Sheet } from "../../src/intake/table.ts";

const HEAD = "县区,指标,约束性,奋斗";
const lookup = {
  region: (name: string) => ({ 海安: "haian", 如皋: "rugao" })[name] ?? null,
  indicator: (name: string) =>
    name === "油气回收" || name === "m16-oil-gas"
      ? { id: "m16-oil-gas", direction: "at-least" as const }
      : name === "降尘量"
        ? { id: "m26-dustfall", direction: "at-most" as const }
        : null,
};

async function read(...lines: string[]) {
  const sheets = (await readTable(new TextEncoder().encode([HEAD, ...lines].join("\n")), "t.csv")) as Sheet[];
  return readCountyTargets(sheets, lookup);
}

test("reads the air targets and those of a measure, as exact decimal texts", async () => {
  expect(
    await read("海安,PM2.5,36,35", "海安,优良率,80.8%,83", "海安,油气回收,42,", "如皋,m16-oil-gas,-,50.0"),
  ).toEqual({
    rows: [
      { region: "haian", indicator: "pm25-mean", constraint: "36", stretch: "35" },
      { region: "haian", indicator: "attainment-rate", constraint: "80.8", stretch: "83" },
      { region: "haian", indicator: "m16-oil-gas", constraint: "42", stretch: null },
      { region: "rugao", indicator: "m16-oil-gas", constraint: null, stretch: "50" },
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
    { region: "haian", indicator, constraint: value, stretch: null },
  ]);
});

test.each([
  ["an unknown county", "海按,PM2.5,36,35", /^县区 海按 没有名为“海按”的县/],
  ["no county", ",PM2.5,36,35", /^县区 {2}没有写明县区/],
  ["an unknown indicator", "海安,绿化率,36,35", /^指标 绿化率 没有名为“绿化率”的指标，请填 PM2\.5、优良率/],
  ["no indicator", "海安,,36,35", /没有写明指标/],
  ["no target", "海安,PM2.5,,—", /约束性和奋斗目标至少填一个/],
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
  ["an indicator's stretch weaker than its constraint", "海安,降尘量,4.5,4.6", /不应高于/],
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
  expect(rows).toEqual([{ region: "haian", indicator: "pm25-mean", constraint: "36", stretch: "35" }]);
  expect(rejected.map((r) => [r.row, r.reason])).toEqual([
    [4, expect.stringMatching(/与第5行是同一县区同一指标/)],
    [5, expect.stringMatching(/与第4行/)],
  ]);
});

test("a sheet of another kind is named", () => {
  const { rejected } = readCountyTargets([{ name: "表", header: ["日期"], headerLine: 1, rows: [] }], lookup);
  expect(rejected).toEqual([
    { sheet: "表", row: 1, column: "", value: "", reason: expect.stringMatching(/认不出/) },
  ]);
});
