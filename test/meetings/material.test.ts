import { afterAll, beforeAll, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-03T08:00" });
  await office.says("市办", "会商 6月8日9时30分 市政府301");
});
afterAll(() => office.close());

const row = () => office.bot.store.read((reader) => reader.officialPapers.ofKey("meeting-material", "1"));
const factsOf = async (who: string) => (await office.says(who, `文件 ${(await row())?.id}号`)).card;

test("two working days before the meeting its material is drafted, and the office told", async () => {
  await office.advanceTo("2020-06-04T08:40");
  expect(await row()).toBeNull();
  await office.advanceTo("2020-06-04T09:00");
  expect((await row())?.state).toBe("draft");
  const told = await office.bot.store.read((reader) => reader.outbox.after(0));
  const ready = told.filter(({ row: one }) => one.title === "会议材料已备：2020年5月会商会");
  expect(ready.map(({ audience }) => audience)).toEqual(["市办"]);
});

test("it can be brought up to date until the day, is issued in the morning, and frozen from then on", async () => {
  await office.says("市办", "交办 海安 “城南路裸土” 3个工作日");
  const anew = await office.says("市办", "拟稿 会议材料 5月");
  expect(anew.code).toBeNull();
  expect(await row()).toMatchObject({ version: 2, state: "draft" });
  await office.advanceTo("2020-06-08T08:50");
  expect((await row())?.state).toBe("issued");
  expect((await office.says("市办", `文件 ${(await row())?.id}号`)).facts.figures.asOf).toBe("2020-06-08");
  const before = JSON.stringify((await factsOf("海安联络员")).blocks);
  expect(before).toContain("PM2.5");
  expect(before).toContain("在办问题");
  await office.says("市办", "交办 海安 “城北路裸土” 3个工作日");
  expect(JSON.stringify((await factsOf("海安联络员")).blocks)).toBe(before);
  expect((await office.says("市办", "拟稿 会议材料 5月")).code).toBe("already-done");
});

test("its Word file holds the charts, and its pages can be read", async () => {
  await office.says("市办", `文件 ${(await row())?.id}号`);
  const { files } = await factsOf("市办");
  const word = files?.find(({ name }) => name.endsWith(".docx"));
  const { bytes } = await office.opens("市办", word?.name ?? "");
  expect(Buffer.from(bytes).includes("word/media")).toBe(true);
}, 30_000);

test("the next meeting's material says what became of the last one's decisions", async () => {
  await office.advanceTo("2020-06-08T11:00");
  await office.says(
    "市办",
    "纪要 1 形势：不错 重点问题清单：1.城南路裸土覆盖（海安，6月20日前） 会议要求：压实责任",
  );
  await office.says("市办", "会商 7月8日9时30分 市政府301");
  const drafted = await office.says("市办", "拟稿 会议材料 6月");
  const text = JSON.stringify(drafted.card.blocks);
  expect(text).toContain("2020年5月会商会议定事项办理情况");
  expect(text).toContain("城南路裸土覆盖");
  expect(text).toContain("未交办");
});

test("a quarter without valid data says so, with all the rest", async () => {
  await office.says("市办", "点评会 2021-01-20 9时30分 市政府301");
  const { card } = await office.says("市办", "拟稿 会议材料 2020年四季度");
  expect(JSON.stringify(card.blocks)).toContain("还没有可统计的完整一天");
});

test("a day corrected since changes the pace that was printed; its correction says how the year stood on that day", async () => {
  await office.advanceTo("2020-06-10T10:00");
  const result = await importText(office, [
    "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h",
    "2020-06-03,海安,250,300,8,30,0.7,90",
  ]);
  const id = (await row())?.id ?? 0;
  const no = `${id}号`;
  const hit = "affected" in result ? result.affected.find((one) => one.no === no) : undefined;
  expect(hit?.changes).toEqual([expect.objectContaining({ of: "海安", figure: "今年PM2.5均值" })]);
  await office.says("市办", `更正公文 ${no}`);
  const anew = await office.bot.store.read((r) => r.officialPapers.correctionOf(id));
  expect((await office.says("市办", `文件 ${anew?.id}号`)).facts.figures.asOf).toBe("2020-06-08");
});
