import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import answers from "../../schedules/answers.ts";
import type { Context, Slot } from "../../src/chat/command.ts";
import type { Reader } from "../../src/store/store.ts";
import { bulletin, issues } from "../support/bulletin.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-16T10:00" });
  const units = [{ regionId: "haian" }, { regionId: "rugao" }];
  const answer = () => ({ units, within: 5, asks: ["cause", "date"] as const });
  const days = ["2020-06-17", "2020-07-02"];
  const usual = bulletin();
  const clock = usual.clock && {
    ...usual.clock,
    about: (slot: Slot, context: Context<Reader>) =>
      days.includes(slot.at.toPlainDate().toString()) ? (usual.clock?.about(slot, context) ?? []) : [],
  };
  issues(office, bulletin({ signing: "none" }, { answer, ...(clock ? { clock } : {}) }));
  const { registry } = office.bot;
  office.bot.registry = { ...registry, schedules: [...registry.schedules, answers] };
  await office.advanceTo("2020-06-17T09:01");
});
afterAll(() => office.close());

const form = { cause: "施工扬尘", measures: "增加洒水", date: "6月30日" };
const rollCall = async () =>
  (await office.cardsOf("市办")).findLast(({ title }) => title.startsWith("回复情况"));

test("whoever has to answer is told by which day, counted in working days, with the form", async () => {
  const asked = await office.says("海安领导", "回复 1号");
  // Five working days from the 17th, two of 端午 left out.
  expect(asked.text).toContain("请于2020年6月24日前回复");
  expect(asked.labels).toContain("回复");
  expect((await office.says("如东领导", "文件 1号")).labels).not.toContain("回复");
  expect((await rollCall())?.title).toBe("回复情况 0/2：快讯〔2020〕1号");
});

test("回复 alone lists what waits for one's own unit, and nothing else", async () => {
  const { facts, labels } = await office.says("海安领导", "回复");
  expect(facts.rows).toMatchObject([{ no: "1号", due: "2020-06-24" }]);
  expect(labels).toEqual(["回复 1号"]);
});

test("谁没回复 lists every unit whose answer is to come, for the city's people; who owes nothing is told that", async () => {
  const { facts } = await office.says("市办", "谁没回复");
  expect(facts.rows).toMatchObject([
    { no: "1号", unit: "海安", due: "2020-06-24" },
    { no: "1号", unit: "如皋", due: "2020-06-24" },
  ]);
  expect((await office.says("如东领导", "回复")).card.title).toBe("没有等您单位回复的文件");
});

test("a unit confirms that it has it, once; the office's roll-call and the card that brought it say so", async () => {
  for (const who of ["如皋领导", "如皋联络员"]) await office.says(who, "回复 1号");
  expect((await office.presses("如皋联络员", "收到")).text).toContain("请于2020年6月24日前回复");
  expect((await office.presses("如皋领导", "收到")).code).toBe("already-done");
  const { facts, text } = await office.says("市办", "文件 1号");
  expect(facts).toMatchObject({ received: 1, answered: 0 });
  expect(text).toMatch(/如皋 +6月24日 +6月17日 09:01 +未回复/);
  expect((await rollCall())?.title).toBe("回复情况 0/2：快讯〔2020〕1号");
  const brought = (await office.cardsOf("如皋领导")).find(({ title }) => title.startsWith("每日快讯"));
  expect(brought?.buttons.map(({ label }) => label)).toEqual(["回复", "文件"]);
  expect(JSON.stringify(brought?.blocks)).toContain("您单位已于2020年6月17日确认收到");
  // Who has nothing to answer has nothing to confirm.
  expect((await office.says("如东领导", "文件 1号")).labels).not.toContain("收到");
});

test("a unit answers once, by what is asked for; the office's roll-call follows in its place", async () => {
  await office.says("海安领导", "回复 1号");
  expect((await office.presses("海安领导", "回复", { measures: "增加洒水" })).message).toContain(
    "原因、完成时间",
  );
  expect((await office.presses("海安领导", "回复", form)).facts).toMatchObject({ answered: true });
  expect((await rollCall())?.title).toBe("回复情况 1/2：快讯〔2020〕1号");
  const { facts, text } = await office.says("市办", "文件 1号");
  // Whoever answers has it.
  expect(facts).toMatchObject({ answered: 1, received: 2 });
  expect(text).toMatch(/海安.*施工扬尘.*增加洒水.*6月30日/);
  expect((await office.says("海安联络员", "回复 1号")).labels).not.toContain("回复");
});

test("the office has the roll-call as a workbook, and nobody else", async () => {
  await office.says("市办", "回复 1号 导出");
  const { bytes } = await office.opens("市办", "回复情况.xlsx");
  const rows = await readSheet(Buffer.from(bytes));
  expect(rows[0]).toEqual(["单位", "期限", "收到", "回复", "原因", "措施", "完成时间"]);
  expect(rows.flat()).toEqual(expect.arrayContaining(["海安", "增加洒水", "未回复"]));
  expect((await office.says("海安联络员", "回复 1号 导出")).code).toBe("forbidden");
});

test("the card that brought it has the button until somebody of the unit has answered", async () => {
  const brought = async (who: string) => {
    const card = (await office.cardsOf(who)).find(({ title }) => title.startsWith("每日快讯"));
    return { labels: card?.buttons.map(({ label }) => label), text: JSON.stringify(card?.blocks) };
  };
  const asked = await brought("如皋领导");
  expect(asked.labels).toEqual(["回复", "文件"]);
  expect(asked.text).toContain("请于2020年6月24日前回复");
  const answered = await brought("海安领导");
  expect(answered.labels).toEqual(["文件"]);
  expect(answered.text).toContain("您单位已于2020年6月17日回复");
});

/** The days on which somebody was reminded so far. */
const remindedOn = async (who: string) =>
  (await office.cardsOf(who))
    .filter(({ title }) => /待回复文件|逾期未回复文件/.test(title))
    .map(({ title }) => title);

test("a unit that hasn't answered is reminded before its day and after it, ever more rarely; its lead once", async () => {
  const counts: [string, number, number][] = [];
  for (const day of ["06-22", "06-23", "06-24", "06-28", "06-29", "06-30", "07-01"]) {
    await office.advanceTo(`2020-${day}T09:01`);
    counts.push([day, (await remindedOn("如皋联络员")).length, (await remindedOn("如皋领导")).length]);
  }
  // Due on the 24th; 25th to 27th are days off and the 28th, a Sunday, is worked.
  expect(counts).toEqual([
    ["06-22", 0, 0],
    ["06-23", 1, 0],
    ["06-24", 1, 0],
    ["06-28", 2, 1],
    ["06-29", 3, 1],
    ["06-30", 3, 1],
    ["07-01", 4, 1],
  ]);
  expect(await remindedOn("海安联络员")).toEqual([]);
  expect((await remindedOn("如皋联络员"))[0]).toContain("待回复文件：1件");
  expect((await remindedOn("如皋联络员"))[1]).toContain("逾期未回复文件：1件");
  expect((await office.says("市办", "文件 1号")).text).toMatch(/如皋.*逾期未回复/);
});

test("two papers are one message; of one that was withdrawn nobody is reminded", async () => {
  await office.advanceTo("2020-07-08T09:02");
  // The second is due on the 9th; the first comes again a week after its fourth working day.
  expect((await remindedOn("如皋联络员")).slice(4)).toEqual([
    expect.stringContaining("逾期未回复文件：1件，待回复1件"),
  ]);
  expect(await remindedOn("海安联络员")).toHaveLength(1);
  await office.says("市办", "撤回公文 2号 “发错了”");
  await office.advanceTo("2020-07-13T09:02");
  expect(await remindedOn("海安联络员")).toHaveLength(1);
  expect(await remindedOn("如皋联络员")).toHaveLength(5);
});
