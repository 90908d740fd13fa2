import { afterEach, beforeEach, expect, test } from "vitest";
import { importFile } from "../../src/incoming/import-file.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const HAIAN = "NT-2020-000006";
const TONGZHOU = "NT-2020-000002";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ jobs: false });
});
afterEach(() => office.close());

async function figuresOf(county: string, period = "6月") {
  const { facts } = await office.says("市办", `统计 ${period}`);
  return facts.rows.find((row: { county: string }) => row.county === county);
}
async function acknowledged() {
  await office.says("海安联络员", HAIAN);
  await office.presses("海安联络员", "签收");
}
async function submitted() {
  await acknowledged();
  await office.photographs("海安联络员", HAIAN);
  await office.says("海安联络员", HAIAN);
  await office.presses("海安联络员", "提交整改", { measures: "裸土已全部覆盖" });
  await office.says("海安领导", HAIAN);
}

test("what was sent back and then proposed for transfer wasn't mended in time", async () => {
  await submitted();
  await office.presses("海安领导", "复核不通过", { text: "仍有裸土" });
  await office.says("市办", `移送 ${HAIAN} “拒不整改”`);
  await office.advanceTo("2020-06-29T09:00");
  expect((await figuresOf("海安")).onTime).toEqual({ pct: 0, met: 0, of: 1 });
});

test("what was handed in in time and stands so is, whatever is decided of it later", async () => {
  await submitted();
  await office.says("市办", `移送 ${HAIAN} “弄虚作假”`);
  await office.advanceTo("2020-06-29T09:00");
  expect((await figuresOf("海安")).onTime).toEqual({ pct: 100, met: 1, of: 1 });
});

test("while it is suspended its deadline passes for nobody", async () => {
  await acknowledged();
  await office.says("市办", `问题 ${HAIAN} 更多`);
  await office.presses("市办", "依法中止", { text: "文物勘探", due: "2020-07-10" });
  await office.advanceTo("2020-06-29T09:00");
  expect((await figuresOf("海安")).onTime).toEqual({ pct: null, met: 0, of: 0 });
});

test("a return that the office hasn't decided isn't a missing 签收", async () => {
  await office.says("市办", "交办 如东 秸秆露天焚烧 3日");
  const { facts } = await office.says("如东联络员", "问题 待签收");
  const no = facts.rows[0].no;
  await office.says("如东联络员", no);
  await office.presses("如东联络员", "退回交办", { text: "不属本辖区" });
  await office.advanceTo("2020-06-19T09:00");
  expect((await figuresOf("如东", "本周")).acknowledged).toEqual({ pct: null, met: 0, of: 0 });
});

test.each([
  // 48 hours of an order of Friday, half past five, are over on Tuesday at half past five.
  ["2020-06-23T17:30", 100],
  ["2020-06-23T17:31", 0],
])("a 签收 over a weekend, at %s, counts by working days", async (signed, pct) => {
  await office.advanceTo("2020-06-19T17:30");
  await office.says("市办", "交办 如东 秸秆露天焚烧 5个工作日");
  const { facts } = await office.says("如东联络员", "问题 待签收");
  await office.advanceTo(signed);
  await office.says("如东联络员", facts.rows[0].no);
  await office.presses("如东联络员", "签收");
  await office.advanceTo("2020-06-24T09:00");
  const week = (await office.says("市办", "统计 2020-06-23..2020-06-23")).facts.rows;
  expect(week.find((row: { county: string }) => row.county === "如东").acknowledged.pct).toBe(pct);
});

test("a relapse given to the unit anew leaves the days of the closing before as they were", async () => {
  await office.says("通州领导", TONGZHOU);
  await office.presses("通州领导", "县级确认");
  await office.says("督查", TONGZHOU);
  await office.presses("督查", "复核通过");
  const { meanDays } = await figuresOf("通州");
  await office.advanceTo("2020-06-20T09:00");
  await office.says("市办", `问题 ${TONGZHOU} 更多`);
  await office.presses("市办", "重新整改（反弹）", { text: "再次停用净化设施", due: "5个工作日" });
  await office.says("市办", `问题 ${TONGZHOU} 更多`);
  await office.presses("市办", "改派", { text: "换责任人", due: "5个工作日", county: "通州" });
  expect(await figuresOf("通州")).toMatchObject({ meanDays, relapsed: { pct: 100, met: 1, of: 1 } });
});

test("what was given out on paper before can be acknowledged from when it was brought in", async () => {
  const row = "县区,问题描述,交办时间,整改时限\n启东,工地裸土未覆盖,2020-06-01,2020-07-01";
  const person = await office.bot.store.read((r) => r.people.byName("市办"));
  if (person === null) throw new Error("there is no 市办");
  const file = { name: "台账.csv", bytes: new TextEncoder().encode(row) };
  const before = (await figuresOf("启东")).acknowledged;
  expect(await importFile(office.bot, file, { person, partial: false })).toMatchObject({ added: 1 });
  expect((await figuresOf("启东")).acknowledged).toEqual(before);
  await office.advanceTo("2020-06-19T09:00");
  expect((await figuresOf("启东")).acknowledged.of).toBe(before.of + 1);
});
