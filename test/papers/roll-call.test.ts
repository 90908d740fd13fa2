import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import answers from "../../schedules/answers.ts";
import type { Context, Slot } from "../../src/chat/command.ts";
import { mondayOf } from "../../src/domain/week.ts";
import type { About } from "../../src/papers/official-paper.ts";
import { bulletin, issues } from "../support/bulletin.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

// Letters to many units, signed over a week: the office has one roll-call of them before it, which lives.

const UNITS = ["haian", "rugao", "rudong", "qidong"];
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:00" });
  const usual = bulletin();
  const about = (slot: Slot, _context: Context<never>): About[] => {
    const day = slot.at.toPlainDate();
    const regionId = UNITS[day.dayOfWeek - 1] ?? null;
    const key = day.toString();
    return mondayOf(day).toString() <= "2020-06-22" && regionId !== null
      ? [{ key, label: key, from: key, to: key, regionId }]
      : [];
  };
  const answer = ({ regionId }: About) => ({
    units: [{ regionId: regionId ?? "" }],
    within: 3,
    asks: [],
  });
  const clock = usual.clock && { ...usual.clock, about };
  issues(office, bulletin({ signing: "none" }, { answer, ...(clock ? { clock } : {}) }));
  const { registry } = office.bot;
  office.bot.registry = { ...registry, schedules: [...registry.schedules, answers] };
});
afterAll(() => office.close());

const rollCalls = async (who = "市办") =>
  (await office.cardsOf(who)).filter(({ title }) => title.startsWith("回复情况"));
const titles = async () => (await rollCalls()).map(({ title }) => title);
const reply = async (who: string, no: number) => {
  await office.says(who, `回复 ${no}号`);
  expect((await office.presses(who, "回复", { measures: "增加洒水" })).code).toBeNull();
};

test("the letters of a week are one card, whose title and rows follow them", async () => {
  await office.advanceTo("2020-06-15T09:01");
  expect(await titles()).toEqual(["回复情况 0/1：快讯〔2020〕1号"]);
  await office.advanceTo("2020-06-16T09:01");
  expect(await titles()).toEqual(["回复情况 0/2：每日快讯2件"]);
  await reply("海安领导", 1);
  await office.advanceTo("2020-06-18T09:01");
  const [card, ...more] = await rollCalls();
  expect(more).toEqual([]);
  expect(card?.title).toBe("回复情况 1/4：每日快讯4件");
  const table = card?.blocks.find((block) => block.kind === "table");
  const shown = table?.kind === "table" ? table.rows : [];
  expect(shown.map((row) => [row[0], row[1], row[4]])).toEqual([
    ["快讯〔2020〕1号", "海安", expect.stringContaining("6月16日")],
    ["快讯〔2020〕2号", "如皋", "未回复"],
    ["快讯〔2020〕3号", "如东", "未回复"],
    ["快讯〔2020〕4号", "启东", "未回复"],
  ]);
  const sent = (await piecesAfter(office.bot, 0)).filter(
    ({ to, title }) => to === "市办" && title.startsWith("回复情况"),
  );
  expect(sent).toHaveLength(1);
});

test("all of them are one workbook, whichever is asked for", async () => {
  await office.says("市办", "回复 3号 导出");
  const { bytes } = await office.opens("市办", "回复情况.xlsx");
  const rows = await readSheet(Buffer.from(bytes));
  expect(rows[0]?.[0]).toBe("文号");
  expect(rows.map((row) => row[1])).toEqual(expect.arrayContaining(["海安", "如皋", "如东", "启东"]));
});

test("what was withdrawn is on it no longer, and who is late is named so on their day", async () => {
  await office.says("市办", "撤回公文 3号 “发错了”");
  await office.advanceTo("2020-06-18T10:00");
  expect(await titles()).toEqual(["回复情况 1/3：每日快讯3件"]);
  await office.advanceTo("2020-06-22T08:59");
  expect(JSON.stringify(await rollCalls())).not.toContain("逾期未回复");
  await office.advanceTo("2020-06-22T09:01");
  expect(JSON.stringify((await rollCalls())[0])).toContain("逾期未回复");
});

test("another week has another card; the first follows its own letters still", async () => {
  expect(await titles()).toEqual(["回复情况 1/3：每日快讯3件", "回复情况 0/1：快讯〔2020〕5号"]);
  await reply("启东领导", 4);
  expect(await titles()).toEqual(["回复情况 2/3：每日快讯3件", "回复情况 0/1：快讯〔2020〕5号"]);
});

test("the roll-call follows as well where it has gone out with a digest", async () => {
  await office.bot.store.write(({ people }) =>
    people.add({ name: "王办", role: "office", regionId: null, departmentId: null, createdAt: 0 }),
  );
  await office.says("王办", "我的设置");
  await office.presses("王办", "每天一条简报", { at: "17" });
  await office.advanceTo("2020-06-23T17:01");
  expect((await rollCalls("王办")).map(({ title }) => title)).toEqual(["回复情况 0/2：每日快讯2件"]);
  await reply("如皋领导", 6);
  await office.advanceTo("2020-06-23T17:02");
  expect((await rollCalls("王办")).map(({ title }) => title)).toEqual(["回复情况 1/2：每日快讯2件"]);
});
