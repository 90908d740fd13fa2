import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

type Row = { county: string; pm25: number | null; validDays: number | null };
const JOB = "town-ranking";
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-29T08:30" });
});
afterAll(() => office.close());

const newest = () => office.bot.store.read((r) => r.outbox.newestId());
const toldAfter = async (id: number) => (await piecesAfter(office.bot, id)).filter(({ job }) => job === JOB);

test("before a week ends on the plan's day or later nobody is sent a ranking", async () => {
  const before = await newest();
  await office.advanceTo("2020-06-29T09:30");
  expect(await toldAfter(before)).toEqual([]);
});

test("on the first Monday after it the ranked counties and the office are, with the month, in what they get that morning", async () => {
  const before = await newest();
  await office.advanceTo("2020-07-06T09:30");
  const told = await toldAfter(before);
  const titles = Map.groupBy(told, ({ title }) => title);
  const readers = (of: string) =>
    titles
      .get(`镇街空气质量排名（${of}，2020年6月29日至7月5日）`)
      ?.map(({ to }) => to)
      .toSorted();
  expect([...titles.keys()]).toHaveLength(4);
  expect(readers("全市")).toEqual(["市办"]);
  expect(readers("海安")).toEqual(["城东镇联络员", "海安联络员", "海安领导"]);
  expect(readers("通州")).toEqual(["通州联络员", "通州领导", "金沙街道联络员"].toSorted());
  // What somebody gets at one time is one message.
  const messages = await office.bot.store.read((r) => r.outbox.after(before));
  const own = messages.filter(({ row, audience }) => audience === "海安联络员" && row.state === "sent");
  expect(own.at(-1)?.row.title).toBe(
    "空气质量周通报（2020年6月29日至7月5日）；镇街空气质量排名（海安，2020年6月29日至7月5日）",
  );

  const card = told.find(({ to }) => to === "海安联络员")?.card;
  expect(card?.facts).toMatchObject({
    county: "海安",
    rankings: [
      { period: { from: "2020-06-29", to: "2020-07-05" } },
      { period: { from: "2020-06-01", to: "2020-06-30" } },
    ],
    readiness: [],
  });
  const forOffice = told.find(({ to }) => to === "市办")?.card;
  expect(JSON.stringify(forOffice?.facts?.readiness)).toContain("如皋");
});

test("a county's paper holds no value of another county's towns, in no look of it", async () => {
  const key = "2020-06-29..2020-07-05/haian";
  const row = await office.bot.store.read((r) => r.officialPapers.ofKey(JOB, key));
  const { facts, card } = await office.says("海安联络员", `文件 ${row?.id}号`);
  const rows = facts.figures.rankings.flatMap((ranking: { rows: Row[] }) => ranking.rows) as Row[];
  const valued = rows.filter(({ pm25, validDays }) => pm25 !== null || validDays !== null);
  expect([...new Set(valued.map(({ county }) => county))]).toEqual(["海安"]);
  expect(new Set(rows.map(({ county }) => county))).toEqual(new Set(["海安", "海门", "通州"]));
  const word = card.files?.find(({ name }) => name.endsWith(".docx"));
  const document = unzipSync(new Uint8Array((await office.opens("海安联络员", word?.name ?? "")).bytes));
  const text = strFromU8(document["word/document.xml"] ?? new Uint8Array()).replace(/<[^>]*>/g, "|");
  expect(text).toContain("常乐镇");
  // 常乐镇's own figure would stand behind its county.
  expect(text).toMatch(/常乐镇\|+海门\|+—\|+—/);
  expect((await office.says("海门联络员", `文件 ${row?.id}号`)).code).toBe("no-data");
});

test("the next Monday tells the week alone; a county whose day hasn't come isn't sent any", async () => {
  const before = await newest();
  await office.advanceTo("2020-07-13T09:30");
  const told = await toldAfter(before);
  expect(new Set(told.map(({ title }) => title.slice(9, 11)))).toEqual(
    new Set(["全市", "海安", "通州", "海门"]),
  );
  expect(told.find(({ to }) => to === "海安联络员")?.card.facts?.rankings).toHaveLength(1);
});

test("by hand it is drafted for a period that is over, and for a ranked county only", async () => {
  expect((await office.says("市办", "拟稿 镇街空气质量排名 如皋 6月")).message).toContain("2020年9月30日起");
  expect((await office.says("市办", "拟稿 镇街空气质量排名 海安 本周")).code).toBe("bad-period");
  expect((await office.says("市办", "拟稿 镇街空气质量排名 海安 6月")).text).toContain("2020年6月");
});
