import { afterAll, beforeAll, expect, test } from "vitest";
import { importFile } from "../../src/incoming/import-file.ts";
import { expectFacts } from "../support/facts.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

type Indicator = { id: string; county: string | null; actual: number | null; expected: number | null };

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

test.each([
  ["任务 16", "16"],
  ["任务16", "16"],
  ["第16条", "16"],
  ["措施 16", "16"],
  ["/task 16", "16"],
  ["任务 S4", "S4"],
  ["任务 s1", "S1"],
])("%s is measure %s, with the promised facts", async (phrase, no) => {
  const { command, facts } = await office.says("海安联络员", phrase);
  expect(command).toBe("task");
  expectFacts("task", facts);
  expect(facts.measure.no).toBe(no);
});

test("an indicator behind its time schedule is red, with what it should have reached by yesterday", async () => {
  const { measure } = (await office.says("市办", "任务 16")).facts;
  const found = measure.indicators.find((i: Indicator) => i.id === "m16-oil-gas-recovery");
  // 42 installations in 366 days, 166 of them gone: 19.05 expected, 12 reported.
  expect(found).toMatchObject({ target: 42, actual: 12, expected: 19.05, pacePct: 63, level: "红" });
});

test("what only named counties have to do is listed county by county", async () => {
  const { measure } = (await office.says("市办", "任务 3")).facts;
  const pilots = measure.indicators.filter((i: Indicator) => i.id === "m3-spray-centre-pilots");
  expect(pilots.map((i: Indicator) => i.county).toSorted()).toEqual(["海安", "港闸", "通州"].toSorted());
});

test("what the plan doesn't divide among counties is 未分解", async () => {
  expect((await office.says("市办", "任务 18")).text).toContain("县级分解：未分解");
});

test.each([
  ["任务 27", "市重污染天气应急指挥中心成员单位"],
  ["任务 28", "市各有关部门"],
])("%s names who helps in the plan's words where it names no department", async (phrase, bodies) => {
  const { facts, text } = await office.says("市办", phrase);
  expect(facts.measure.supportDepartments).toEqual([bodies]);
  expect(text).toContain(`配合：${bodies}`);
});

test("the plan's small numbers stand where they are asked for", async () => {
  const targets = async (no: string) =>
    (await office.says("市办", `任务 ${no}`)).facts.measure.indicators.map(
      (i: { name: string; target: number; unit: string; deadline: string }) =>
        `${i.name} ${i.target}${i.unit} ${i.deadline}`,
    );
  expect(await targets("12")).toContain("健全秸秆禁烧工作网络（市、县、镇、村、组五级） 5级 2020-12-31");
  expect((await targets("16")).join()).toMatch(/五类无组织排放源排查（[^）]+） 5类 2020-06-30/);
  expect((await targets("22")).join()).toMatch(/岸电使用电量增幅（翻一番） 100% 2020-12-31/);
  expect(await targets("29")).toContain("实施绩效评价豁免的重点行业 15个 2020-12-31");
});

test("a county's share appears once the office has entered it", async () => {
  const own = await anOffice();
  const csv = "县区,指标,约束性\n海安,m18-boiler-projects,30\n";
  await importFile(own.bot, { bytes: Buffer.from(csv), name: "t.csv" }, { person: null, partial: false });
  const { facts } = await own.says("海安联络员", "任务 18");
  const shares = facts.measure.indicators.filter((i: Indicator) => i.id === "m18-boiler-projects");
  expect(shares.map((i: Indicator & { target: number }) => [i.county, i.target])).toEqual([
    [null, 282],
    ["海安", 30],
  ]);
  expect((await own.says("海安联络员", "海安")).facts.lagging).toBe(1);
  own.close();
});

test.each(["任务 99", "任务 0", "任务 31", "任务 S9", "第99条"])(
  "%s is an unknown measure and says which there are",
  async (phrase) => {
    const { code, message } = await office.says("市办", phrase);
    expect(code).toBe("unknown-measure");
    expect(message).toContain("1至30");
  },
);
