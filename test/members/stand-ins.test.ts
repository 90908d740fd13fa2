import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const NO = "NT-2020-000006";
/** Titles of what somebody has been sent, as it was sent. */
const titles = async (name: string) =>
  (await office.bot.store.read((r) => r.outbox.after(0)))
    .filter(({ audience }) => audience === name)
    .map(({ row }) => row.title);
const state = async (who: string) => (await office.says("市办", `人员 “${who}”`)).facts.person.state;
const actors = async () => (await office.bot.store.read((r) => r.audit.latest(20))).map(({ actor }) => actor);

test("who stands in gets what the absent gets, acts for them, and every record names both", async () => {
  expect((await office.says("如东联络员", "请假 今天到6月20日 由如东领导代理")).code).toBeNull();
  expect(await state("如东联络员")).toBe("请假至6月20日，由如东领导代理");
  expect(await state("如东领导")).toBe("代如东联络员");
  const { facts } = await office.says("市办", "交办 如东 “工地裸土未覆盖” 3个工作日");
  const { no } = facts.issue;
  for (const name of ["如东联络员", "如东领导"])
    expect(
      (await titles(name)).filter((title) => title.includes("工地裸土未覆盖")),
      name,
    ).toHaveLength(1);
  expect((await titles("如东领导")).find((title) => title.includes("工地裸土"))).toMatch(/^代如东联络员：/);
  const done = await office.says("如东领导", `签收 ${no}`);
  expect(done.code).toBeNull();
  expect(done.text).toContain("如东领导");
});

test("a right that only the absent has is used for them", async () => {
  expect((await office.says("市办", "请假 海安联络员 今天到6月20日 由如东联络员代理")).code).toBeNull();
  await office.says("市办", "交办 海安 “道路积尘” 3个工作日");
  const { rows } = (await office.says("如东联络员", "问题 待签收 海安")).facts;
  const issue = rows.find(({ title }: { title: string }) => title === "道路积尘");
  const done = await office.says("如东联络员", `签收 ${issue.no}`);
  expect(done.text).toContain("如东联络员代海安联络员");
  expect(await actors()).toContain("如东联络员代海安联络员");
  await office.says("海安联络员", "销假");
  expect((await office.says("如东联络员", `问题 ${issue.no}`)).code).toBe("forbidden");
});

test("neither judges what one of the two has done", async () => {
  await office.says("海安领导", "请假 今天到6月30日 由海安联络员代理");
  await office.photographs("海安联络员", NO);
  const issue = (await office.says("海安联络员", `问题 ${NO}`)).facts.issue;
  if (issue.state === "assigned") await office.says("海安联络员", `签收 ${NO}`);
  const submitted = await office.says("海安联络员", `提交整改 ${NO} 已覆盖`);
  expect(submitted.code).toBeNull();
  const own = await office.says("海安联络员", `同意 ${NO}`);
  expect(own.code).toBe("forbidden");
  expect((await office.says("海安领导", `同意 ${NO}`)).code).toBeNull();
});

test.each([
  [
    "a stand-in for a stand-in",
    ["请假 海安联络员 今天到6月20日 由海安领导代理"],
    "海安领导",
    "请假 今天到6月18日 由海安点位长代理",
    "conflict",
  ],
  [
    "by somebody who is away",
    ["请假 海安领导 今天到6月20日 由海安点位长代理"],
    "海安联络员",
    "请假 今天到6月18日 由海安领导代理",
    "conflict",
  ],
  ["by oneself", [], "海安联络员", "请假 今天到6月18日 由海安联络员代理", "conflict"],
  [
    "twice",
    ["请假 海安联络员 今天到6月20日 由海安领导代理"],
    "海安联络员",
    "请假 今天到6月18日 由海安点位长代理",
    "conflict",
  ],
  [
    "by another unit, without the office",
    [],
    "海安联络员",
    "请假 今天到6月18日 由如东联络员代理",
    "forbidden",
  ],
  ["of somebody else", [], "海安联络员", "请假 海安领导 今天到6月18日 由海安点位长代理", "forbidden"],
  ["of the office by a county", [], "市办", "请假 今天到6月18日 由海安联络员代理", "forbidden"],
  [
    "of the city's lead, by the office's word",
    [],
    "市办",
    "请假 市领导 今天到6月18日 由市办代理",
    "forbidden",
  ],
  ["in the past", [], "海安联络员", "请假 2020-06-01到2020-06-03 由海安领导代理", "bad-date"],
  ["without days", [], "海安联络员", "请假 由海安领导代理", "usage"],
  ["without anybody", [], "海安联络员", "请假 今天到6月18日", "usage"],
])("a leave %s is refused", async (_, before, who, phrase, code) => {
  for (const said of before) expect((await office.says("市办", said)).code).toBeNull();
  expect((await office.says(who, phrase)).code).toBe(code);
});

test.each([
  ["周华", "6月17日到18日"],
  ["明亮", "明天到6月18日"],
  ["周一鸣", "周三到周四"],
])("%s is a person, whatever their name begins with", async (name, days) => {
  const { facts } = await office.says("市办", `邀请 ${name} 海安联络员`);
  await office.says({ browser: name }, `绑定 ${facts.code}`);
  const done = await office.says("市办", `请假 ${name} ${days} 由海安领导代理`);
  expect(done.message ?? done.facts.person).toBe(name);
});

test("it begins and ends by its dates, and both hear of it", async () => {
  await office.says("海安联络员", "请假 6月17日到18日 由海安领导代理");
  expect(await state("海安联络员")).toBe("6月17日至6月18日请假");
  await office.advanceTo("2020-06-17T09:01");
  expect(await state("海安联络员")).toBe("请假至6月18日，由海安领导代理");
  expect((await titles("海安领导")).some((title) => title.startsWith("今天起由您代理海安联络员"))).toBe(true);
  await office.advanceTo("2020-06-19T09:01");
  expect(await state("海安联络员")).toBe("在岗");
  expect((await titles("海安领导")).some((title) => title.startsWith("您不再代理海安联络员"))).toBe(true);
});

test("a lead on leave when the rung comes: the stand-in hears of it too, and may act", async () => {
  await office.says("市办", "交办 如东 “工地裸土未覆盖” 3个工作日");
  await office.says("市办", "请假 如东领导 今天到6月30日 由如东联络员代理");
  await office.advanceTo("2020-06-18T18:00");
  for (const name of ["如东领导", "如东联络员"])
    expect(
      (await titles(name)).some((title) => /报县区领导/.test(title)),
      name,
    ).toBe(true);
});

test("who leaves stands in for nobody any more, and the office is told who is without", async () => {
  await office.says("市办", "请假 如东联络员 今天到6月30日 由如东领导代理");
  await office.says("市办", "离任 如东领导");
  expect(await state("如东联络员")).toBe("在岗");
  const { message } = await office.says("市办", "销假 如东联络员");
  expect(message).toContain("没有登记请假");
});
