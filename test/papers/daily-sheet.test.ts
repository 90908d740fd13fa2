import { afterAll, beforeAll, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  // A Tuesday; Thursday to Saturday are days off, and Sunday the 28th is worked.
  office = await anOffice({ at: "2020-06-23T09:00" });
});
afterAll(() => office.close());

const sheets = async () => {
  const rows = await office.bot.store.read((r) => r.outbox.after(0));
  return rows
    .filter(({ row }) => row.job === "daily-sheet")
    .map(({ row, audience }) => ({ audience, title: row.title, card: JSON.parse(row.card) }));
};

test("goes to the office at half past eight of each working day, by itself, and to nobody else", async () => {
  await office.advanceTo("2020-06-24T08:29");
  expect(await sheets()).toEqual([]);
  await office.advanceTo("2020-06-24T08:31");
  expect((await sheets()).map(({ audience, title }) => [audience, title])).toEqual([
    ["市办", "昨日快报（6月23日）"],
  ]);
});

test("after days off the first working day's covers all the days between, none twice", async () => {
  await office.advanceTo("2020-06-28T08:00");
  expect(await sheets()).toHaveLength(1);
  await office.advanceTo("2020-06-29T08:31");
  const [, holidays, sunday] = await sheets();
  expect([holidays?.title, sunday?.title]).toEqual(["昨日快报（6月24日至27日）", "昨日快报（6月28日）"]);
  expect(holidays?.card.facts.days.map(({ date }: { date: string }) => date)).toEqual([
    "2020-06-24",
    "2020-06-25",
    "2020-06-26",
    "2020-06-27",
  ]);
});

test("its Word is there for everybody who asks for a day of it; of one county the day is another answer", async () => {
  const name = "昨日快报（2020年6月24日至27日）.docx";
  for (const who of ["市办", "海安联络员"]) {
    const { card } = await office.says(who, "日报 6月25日 Word");
    expect(card.files?.map((file) => file.name)).toEqual([name]);
    expect((await office.opens(who, name)).bytes.length).toBeGreaterThan(1000);
  }
  expect((await office.says("市办", "日报 6月1日 Word")).message).toContain("没有印发过快报");
  for (const said of ["日报 海安", "海安日报"])
    expect(await office.says("海安联络员", said)).toMatchObject({
      message: expect.stringContaining("只看海安请发“海安"),
      instead: ["海安 2020-06-28"],
    });
  expect((await office.says("海安联络员", "海安 2020-06-28")).command).toBe("county");
});

test("says what is missing at its hour, and isn't sent again by itself when that comes in late", async () => {
  const head = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h";
  await importText(office, [head, "2020-06-29,如东,清除,清除,清除,清除,清除,清除"]);
  await office.advanceTo("2020-06-30T08:31");
  const last = (await sheets()).at(-1);
  expect(last?.card.facts.days[0].missing).toEqual(["如东"]);
  expect(JSON.stringify(last?.card.blocks)).toContain("缺：如东");
  const before = (await sheets()).length;
  await importText(office, [head, "2020-06-29,如东,31,50,8,20,0.7,120"], { by: "市办" });
  await office.advanceTo("2020-06-30T12:00");
  expect(await sheets()).toHaveLength(before);
  // What was sent stays; whoever asks gets the figures of now.
  const { facts } = await office.says("市办", "昨日");
  expect(facts.missing).toEqual([]);
});

test("goes out once more only where the office asks for it, with what is other than before", async () => {
  const old = (await sheets()).at(-1);
  const no = old?.card.buttons
    .map(({ say }: { say?: string }) => /\d+号$/.exec(say ?? "")?.[0])
    .find(Boolean);
  const corrected = await office.says("市办", `更正公文 ${no}`);
  expect(corrected.text).toMatch(/处数字更正/);
  expect((await sheets()).at(-1)?.title).toBe("关于更正昨日快报（2020年6月29日）的通知");
  const before = (await office.says("市办", `文件 ${no}`)).facts;
  expect(before).toMatchObject({ state: "corrected" });
  expect(before.figures.days[0].missing).toEqual(["如东"]);
});

test("one that the office asks for goes out at once, too: nobody has to check it", async () => {
  const own = await anOffice({ at: "2020-06-13T10:00" });
  expect((await own.says("市办", "拟稿 昨日快报 6月12日")).facts.state).toBe("issued");
  await own.expectCards([{ to: "市办", title: "昨日快报（6月12日）" }], { job: "daily-sheet" });
  own.close();
});

test("a bot that was down says the newest sheet and no old ones", async () => {
  const own = await anOffice({ at: "2020-06-08T09:00" });
  await own.advanceTo("2020-06-09T09:00");
  await own.expectCards([{ to: "市办", title: "昨日快报（6月8日）" }], { job: "daily-sheet" });
  const before = (await own.cardsOf("市办")).length;
  await own.wakesAt("2020-06-12T10:00");
  // It may share its message with what else a stop has held up.
  const titles = (await own.cardsOf("市办")).slice(before).map(({ title }) => title);
  const sheets = titles.join("；").match(/昨日快报（[^）]*）/g);
  expect(sheets).toEqual(["昨日快报（6月11日）"]);
  own.close();
});
