import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isRefusal } from "../../src/chat/refusal.ts";
import { receiveFile } from "../../src/incoming/received-file.ts";
import { textOf } from "../../src/ops/card-text.ts";
import { workbook } from "../intake/xlsx-builder.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  // A Tuesday: the weekly notice went out yesterday.
  office = await anOffice({ at: "2020-06-14T10:00" });
  await office.advanceTo("2020-06-16T10:00");
});
afterAll(() => office.close());

const HEAD = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h";

/** What somebody is answered to a file that they send in a chat. */
async function sends(name: string, content: string | Uint8Array, who = "市办"): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const speaker = await office.speakerOf(who);
  const answer = await receiveFile(office.bot, speaker, { name }, async () => bytes);
  return isRefusal(answer) ? answer.message : textOf(answer);
}
const newest = async () => (await office.bot.store.read((r) => r.batches.latest(1)))[0] ?? null;

test("a month of 32 days is refused at the day that isn't there, and nothing of it is in", async () => {
  const days = Array.from({ length: 32 }, (_, i) => `2020-05-${String(i + 1).padStart(2, "0")}`);
  const rows = days.map((day) => `${day},海安,31,55,8,20,0.7,120`);
  const answer = await sends("5月.csv", [HEAD, ...rows].join("\n"));
  expect(answer).toMatch(/没有导入：5月\.csv.*有1处错误/s);
  expect(answer).toMatch(/第33行.*2020-05-32.*(没有这一天|没有32日|不是日期)/s);
  expect(await newest()).toBeNull();
});

test("a county twice in one head is refused by its name: nobody knows which column is its own", async () => {
  for (const head of ["日期,海安,如皋,海安", "日期,海安,如皋,海安市"]) {
    const answer = await sends(
      "PM2.5.csv",
      `2020年5月各县区PM2.5日均值（μg/m³）\n${head}\n2020-05-01,31,32,33\n`,
    );
    expect(answer).toMatch(/没有导入.*海安/s);
    expect(answer).toMatch(/两|重复|都/);
  }
  expect(await newest()).toBeNull();
});

test("in a wide table a figure under a place that nobody knows is no other place's", async () => {
  const five = "PM2.5,PM10,SO2,NO2,O3_8h";
  const heads = `日期,海安,,,,,如皋,,,,,某市\n,${five},${five},CO`;
  const answer = await sends("各县.csv", `${heads}\n2020-05-01,31,55,8,20,120,32,56,9,21,121,0.9\n`);
  expect(answer).toMatch(/没有导入.*CO/s);
  expect(await newest()).toBeNull();
});

test("of a workbook of 40 sheets with one table that one is read, and the others are named or counted", async () => {
  const sheets: Record<string, (string | number)[][]> = {};
  for (let i = 1; i <= 40; i++)
    sheets[`表${i}`] =
      i === 23
        ? [HEAD.split(","), ["2013-05-01", "海安", 31, 55, 8, 20, 0.7, 120]]
        : [["说明"], [`第${i}页`]];
  const answer = await sends("汇总.xlsx", workbook(sheets));
  expect(answer).toMatch(/已导入：汇总\.xlsx.*新增：1/s);
  expect(answer).toContain("“表23”");
  expect(answer).toMatch(/略过：表“表1”、.*等39个（不是可以导入的表）/);
});

test("a file that changes half a month that was published yesterday names each notice, with old figures and new", async () => {
  const days = Array.from({ length: 15 }, (_, i) => `2020-06-${String(i + 1).padStart(2, "0")}`);
  const rows = days.map((day) => `${day},海安,150,180,9,30,1.0,90`);
  const answer = await sends("6月上半月.csv", [HEAD, ...rows].join("\n"));
  expect(answer).toMatch(/已导入.*更正：1[345]/s);
  const notices = answer.match(/已发布的\S+?（2020年6月\d+日至\d+日）/g) ?? [];
  expect(notices.length).toBeGreaterThan(0);
  expect(answer).toMatch(/用的是旧值，请考虑更正（发送“更正 \d+号”）：.*海安PM2.5：\d+→150；/s);
  // What was published stays in the records as it went out.
  const batch = await newest();
  expect(batch).toMatchObject({ firstDay: "2020-06-01", lastDay: "2020-06-15", kind: "daily-air" });
});

test("a ledger whose 编号 stand already for something else is refused row by row, or corrects what may be corrected", async () => {
  const given = await office.says("市办", "交办 海安 工地裸土未覆盖 3个工作日");
  const no = given.text.match(/NT-2020-\d{6}/)?.[0] ?? "";
  const head = "编号,县区,问题描述";
  expect(await sends("台账.csv", `${head}\n${no},如皋,道路扬尘严重\n`, "督查")).toMatch(
    /没有导入.*第2行.*县区.*与现有问题不同/s,
  );
  expect((await office.says("市办", `问题 ${no}`)).text).toContain("工地裸土未覆盖");
  expect(await sends("台账.csv", `${head}\n${no},海安,工地裸土未覆盖，面积约两亩\n`, "督查")).toMatch(
    /已导入.*更正：1/s,
  );
  // The old words stay in its history.
  const { issue } = (await office.says("市办", `问题 ${no}`)).facts;
  expect(JSON.stringify(issue.history)).toContain("原问题描述“工地裸土未覆盖”");
  expect(await sends("台账.csv", `${head}\nNT-2020-999999,海安,没有的编号\n`, "督查")).toMatch(
    /没有编号为NT-2020-999999的问题/,
  );
  // Another office's own numbers: the same number with other words is the same issue, said otherwise.
  const theirs = (words: string) =>
    `编号,来源,批次,县区,问题描述,整改时限\nZB-7,上级交办,第一批,海安,${words},2020-07-10\n`;
  expect(await sends("督察.csv", theirs("化工园异味"), "督查")).toMatch(/已导入.*新增：1/s);
  expect(await sends("督察.csv", theirs("化工园异味扰民"), "督查")).toMatch(/已导入.*更正：1/s);
});

test("what is imported aside is checked like everything else: the audit's chain holds", async () => {
  const raw = new Database(office.file, { readonly: true });
  expect(raw.pragma("integrity_check", { simple: true })).toBe("ok");
  expect(raw.prepare("select count(*) from import_run").pluck().get()).toBe(0);
  raw.close();
  expect(await office.bot.store.read((r) => r.audit.firstBroken())).toBeNull();
});
