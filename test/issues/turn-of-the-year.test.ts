import readXlsx from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEADLINES } from "../../src/issues/ladder.ts";
import { readDocument } from "../output/document.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

// A real office at the turn of 2026, to which nobody has given the State Council's notice of 2027.

const remark = "未录入2027年放假安排，按周末推算";
let office: AnOffice;
let no: string;

beforeAll(async () => {
  office = await anOffice({ demoData: false, at: "2026-12-28T09:00" });
  await office.bot.store.write(async ({ people }) => {
    for (const [name, role, regionId, departmentId] of [
      ["王办", "office", null, null],
      ["孙市长", "city-lead", null, null],
      ["钱督查", "supervision", null, null],
      ["赵领导", "county-lead", "haian", null],
      ["李联络", "county-liaison", "haian", null],
      ["周联络", "department-liaison", null, "housing"],
    ] as const)
      await people.add({ name, role, regionId, departmentId, createdAt: 0 });
  });
  // Every closed issue is looked at again.
  const { pack } = office.bot.office;
  const issues = { ...pack.settings.issues, spotCheckPct: 100 };
  office.bot.office = { ...office.bot.office, pack: { ...pack, settings: { ...pack.settings, issues } } };
  await office.wakesAt("2026-12-28T09:01");
  await office.advanceTo("2026-12-30T10:00");
});
afterAll(() => office.close());

const said = async (who: string, phrase: string) => (await office.says(who, phrase)).text;
/** Everything that was written into a paper of the newest answer. */
async function paper(who: string, phrase: string) {
  const { card } = await office.says(who, phrase);
  return readDocument((await office.opens(who, card.files?.[0]?.name ?? "")).bytes).paragraphs.join("\n");
}
const sentBy = async (job: string) =>
  (await piecesAfter(office.bot, 0))
    .filter((piece) => piece.job === job)
    .map(({ card }) => JSON.stringify(card));

test("an order of three working days gets its date by weekends, and says so before 确认 and after", async () => {
  const before = await office.says("王办", "交办 海安 “料堆未苫盖” 3个工作日 另外再看看");
  expect(before.text).toContain("确认");
  expect(before.text).toContain(remark);
  const given = await office.presses("王办", "确认");
  no = given.facts.issue.no;
  expect(given.facts.issue.due).toBe("2027-01-04");
  expect(given.text).toContain(remark);
  expect(JSON.stringify(await office.cardsOf("李联络"))).toContain(remark);
  expect(await paper("李联络", `交办单 ${no}`)).toContain(remark);
});

test("so do an extension, its request while the deadline still lies in a year that is known, and their papers", async () => {
  await office.says("李联络", `签收 ${no}`);
  expect(await said("李联络", `申请延期 ${no} 2027-01-06 “防尘网到货迟”`)).toContain(remark);
  expect(await said("王办", `同意 ${no}`)).toContain(remark);
  expect(await paper("李联络", `延期批复 ${no}`)).toContain(remark);
  const known = (await office.says("王办", "交办 海安 “道路积尘” 12月31日")).facts.issue.no;
  expect(await said("王办", `问题 ${known}`)).not.toContain("未录入");
  await office.says("李联络", `签收 ${known}`);
  const asks = await office.says("李联络", `申请延期 ${known} 2027-01-01 “人手不足”`);
  expect(asks.facts.issue.due).toBe("2026-12-31");
  expect(asks.text).toContain(remark);
});

test("the office's head puts one under supervision: 督办单 and 预演 of the week say it, and the ledger's title does", async () => {
  expect(await said("孙市长", `挂牌督办 ${no} “一周内整改到位”`)).toContain(remark);
  expect(await paper("孙市长", `督办单 ${no}`)).toContain(remark);
  const { card } = await office.says("王办", "问题 导出");
  const { bytes } = await office.opens("王办", card.files?.[0]?.name ?? "");
  const [ledger] = (await readXlsx(Buffer.from(bytes))) as unknown as { data: string[][] }[];
  expect(ledger?.data[0]?.[0]).toContain(remark);
  expect(await said("王办", "统计 本月")).not.toContain("未录入");
  expect(await said("王办", "放假 2027")).toContain(remark);
});

test("the weekly list, notice and brief, the lag warning, the reminder to report and the clock's list say it", async () => {
  for (const title of ["渣土车未密闭", "堆场未喷淋"])
    await office.says("王办", `交办 海安 “${title}” 5个工作日`);
  await office.advanceTo("2027-01-15T18:00");
  const jobs = ["week-ahead", "weekly-notice", "morning-brief", "lagging-warning", "report-reminder"];
  for (const job of jobs) {
    const cards = await sentBy(job);
    expect([job, cards.length > 0, cards.filter((card) => !card.includes(remark))]).toEqual([job, true, []]);
  }
  const lists = (await sentBy(DEADLINES)).filter((card) => card.includes('"title":"提醒"'));
  expect(lists.length).toBeGreaterThan(0);
  expect(lists.filter((card) => !card.includes(remark))).toEqual([]);
});

test("the sheet to fill in, what is asked to be reported, what lags and what is to come say it", async () => {
  const { text, card } = await office.says("周联络", "填报表");
  expect(text).toContain(remark);
  const { bytes } = await office.opens("周联络", card.files?.[0]?.name ?? "");
  const [sheet] = (await readXlsx(Buffer.from(bytes))) as unknown as { data: string[][] }[];
  expect(sheet?.data.at(-1)?.[0]).toBe(`注：${remark}`);
  for (const [who, phrase] of [
    ["周联络", "填报"],
    ["王办", "滞后"],
    ["王办", "预演 下周"],
    ["王办", "统计 本月"],
  ] as const)
    expect([phrase, await said(who, phrase)]).toEqual([phrase, expect.stringContaining(remark)]);
});

test("a look on the spot and the slip of the closing say it, and once the notice is there nothing does", async () => {
  await office.photographs("李联络", no);
  await office.says("李联络", `提交整改 ${no} “已全部苫盖”`);
  await office.says("赵领导", `县级确认 ${no}`);
  expect((await office.says("钱督查", `复核通过 ${no}`)).facts.issue.state).toBe("closed");
  expect(await paper("王办", `销号单 ${no}`)).toContain(remark);
  expect(await said("王办", "抽查")).toContain(remark);
  const check = (await piecesAfter(office.bot, 0)).findLast(({ title }) => title.startsWith("现场抽查"));
  expect(JSON.stringify(check?.card)).toContain(remark);

  await office.bot.store.write(({ holidays }) =>
    holidays.put({ date: "2027-01-01", kind: "off", name: "元旦" }),
  );
  expect(await paper("王办", `销号单 ${no}`)).not.toContain("未录入");
  expect(await said("王办", "抽查")).not.toContain("未录入");
});
