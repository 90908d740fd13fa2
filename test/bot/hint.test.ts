import { afterAll, beforeAll, expect, test } from "vitest";
import { hint } from "../../src/bot/hint.ts";
import { type AnOffice, anOffice, type Who } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const typing = async (who: Who, text: string) => hint(office.bot, await office.speakerOf(who), text);
const completing = async (who: Who, text: string) =>
  (await typing(who, text)).completions.map(({ phrase }) => phrase);

test("what is understood so far is read in words, with what is still wanted or doubtful", async () => {
  expect((await typing("市办", "海安 5月 PM10")).reading).toBe("县区 · 海安 · 2020年5月 · PM10");
  expect((await typing("海安联络员", "签收 6")).reading).toBe("办理 · 签收 · NT-2020-000006");
  expect((await typing("市办", "交办 海安 三个工作日")).reading).toBe(
    "交办 · 海安 · 整改期限：6月18日 · 一般 · 部门督查；还要写：问题描述",
  );
  expect((await typing("市办", "交办 海安 “裸土")).reading).toMatch(
    /问题描述：裸土.*；要核对：引号没有成对$/,
  );
});

test("what isn't understood has no reading: nothing is guessed", async () => {
  for (const text of ["", " ", "排", "阿斯顿发", "海安 5月 P"])
    expect((await typing("市办", text)).reading).toBe(null);
});

test.each([
  ["海", ["海安 ", "海门 ", "海事 "]],
  ["交办 如", ["交办 如皋 ", "交办 如东 "]],
  ["排", ["排名 "]],
  // A whole name needs nothing more, and a command's name stands at the beginning only.
  ["海安", []],
  ["海安 排", []],
])("“%s” may go on as %j", async (text, phrases) => {
  expect(await completing("市办", text)).toEqual(phrases);
});

test("an issue's number is offered where one is wanted, among the open ones that the person may see", async () => {
  expect(await completing("海安联络员", "签收 ")).toEqual(["签收 NT-2020-000006 "]);
  expect(await completing("海安联络员", "签收 6")).toEqual(["签收 NT-2020-000006 "]);
  expect(await completing("海安联络员", "签收 NT-2020-")).toEqual(["签收 NT-2020-000006 "]);
  expect(await completing("海安联络员", "签收 7")).toEqual([]);
  expect(await completing("如东联络员", "签收 6")).toEqual([]);
  // 海安 5 is a month.
  expect(await completing("市办", "海安 5")).toEqual([]);
});

test("a command that somebody may not use is neither read nor offered, and a stranger gets nothing", async () => {
  expect(await completing("市办", "邀")).toEqual(["邀请 "]);
  expect(await completing("海安点位长", "邀")).toEqual([]);
  expect((await typing("海安点位长", "邀请 张三 海安联络员")).reading).toBe(null);
  expect(await typing(null, "海安")).toEqual({ reading: null, completions: [] });
});

test("reading while somebody types writes nothing down", async () => {
  const rows = async () => (await office.bot.store.read((r) => r.audit.latest(1)))[0]?.id ?? 0;
  const before = await rows();
  await typing("市办", "交办 海安 “裸土未覆盖” 三个工作日");
  expect(await rows()).toBe(before);
  expect(await completing("海安联络员", "签收 ")).toHaveLength(1);
});
