import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";
import { expectWellLaid } from "../support/well-laid.ts";

// Events and seasons with targets of their own. The pack's 进博会 is from 31 October to 10 November 2020, within 秋冬季.
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-11-06T08:30" });
});
afterAll(() => office.close());

test("the city's and each county's status card show what runs, its day, and what remains to its targets", async () => {
  for (const [who, text] of [
    ["市办", "全市"],
    ["海安联络员", "海安"],
  ] as const) {
    const { text: card } = await office.says(who, text);
    expect(card).toMatch(/保障·秋冬季：? *第37天（共182天），PM2\.5 \d+/);
    expect(card).toMatch(/保障·进博会：? *第7天（共11天），PM2\.5 \d+/);
  }
  const city = (await office.says("市办", "全市")).text;
  expect(city).toMatch(/保障·进博会.*≤60，余下日均可至[\d.]+.*≥90%，(?:还可超标\d天|已不可能)/);
});

test("one of them shows its days, targets and measures, each place, and the days one by one", async () => {
  const { facts, text } = await office.says("市办", "保障 进博会");
  expect(facts.guarantee).toMatchObject({ name: "进博会", from: "2020-10-31", to: "2020-11-10" });
  expect(facts.rows.map(({ county }: { county: string }) => county)).toContain("海安");
  expect(facts.rows[0]).toMatchObject({ asOf: "2020-11-05", validDays: 6 });
  expect(text).toContain("11月5日");
  const days = await office.bot.store.read((r) =>
    r.air.days(office.bot.office.city.id, "2020-10-31", "2020-11-05"),
  );
  const mean = days.reduce((sum, day) => sum + Number(day["PM2.5"]), 0) / days.length;
  expect(Math.abs(facts.rows[0].pm25 - mean)).toBeLessThanOrEqual(0.5);
  expect((await office.says("海安联络员", "保障 进博会")).facts.rows).toHaveLength(2);
  expect((await office.says("市办", "保障 秋冬季")).facts.guarantee).toMatchObject({ to: "2021-03-31" });
  expect((await office.says("市办", "保障")).facts.rows).toHaveLength(4);
});

test("the office changes the pack's and adds others, a county's target by itself, and cancels them with a reason", async () => {
  const changed = await office.says("市办", "设定保障 进博会 PM2.5 50 措施 “工地停止土方作业”");
  expect(changed.facts.guarantee).toMatchObject({
    ...{ key: "import-expo", from: "2020-10-31", measures: "工地停止土方作业" },
    targets: expect.arrayContaining([{ metric: "pm25-mean", value: "50" }]),
  });
  await office.says("市办", "设定保障 进博会 海安 PM2.5 45");
  expect((await office.says("海安联络员", "海安")).text).toMatch(/保障·进博会.*≤45/);
  const own = await office.says("市办", "设定保障 “马拉松” 11月20日至11月22日 优良率 100");
  expect(own.facts.guarantee).toMatchObject({
    name: "马拉松",
    targets: [{ metric: "attainment-rate", value: "100" }],
  });
  await office.says("市办", "保障 马拉松");
  await office.presses("市办", "取消保障", { text: "活动延期" });
  await office.says("市办", "保障 国家公祭日");
  await office.presses("市办", "取消保障", { text: "另行安排" });
  const names = async () =>
    (await office.says("市办", "保障")).facts.rows.map(({ name }: { name: string }) => name);
  expect(await names()).toEqual(["秋冬季", "进博会", "世界互联网大会"]);
  await office.says("市办", "设定保障 国家公祭日 12月12日至12月13日");
  expect(await names()).toContain("国家公祭日");
});

test("the calendar shows what runs from its first day to its last, to everybody, as the office has set it", async () => {
  const events = async (who: string, said: string) =>
    (await office.says(who, said)).facts.events.map(({ title }: { title: string }) => title);
  for (const who of ["市办", "海安联络员"]) {
    const november = await events(who, "日程 11月");
    expect(november).toEqual(expect.arrayContaining(["秋冬季空气质量保障", "进博会空气质量保障"]));
    expect(november).not.toContain("马拉松空气质量保障");
  }
  expect(await events("市办", "日程 9月")).not.toContain("秋冬季空气质量保障");
});

test.each([
  ["who isn't of the office", "海安联络员", "设定保障 进博会 PM2.5 50", "forbidden"],
  ["a new one without days", "市办", "设定保障 “花展” PM2.5 50", "bad-period"],
  ["days that have passed", "市办", "设定保障 “花展” 5月1日至5月5日", "bad-period"],
  ["no figure of PM2.5", "市办", "设定保障 进博会 PM2.5 900", "bad-number"],
  ["more than all days", "市办", "设定保障 进博会 优良率 120", "bad-number"],
  ["nothing to change", "市办", "设定保障 进博会", "usage"],
  ["one that isn't there", "市办", "保障 “花展”", "no-data"],
])("%s is refused", async (_what, who, text, code) => {
  expect(await office.says(who, text)).toMatchObject({ code });
});

test("whoever means January of next year reads how to say so", async () => {
  const past = await office.says("市办", "设定保障 “花展” 1月10日至12日 优良率 90");
  expect(past.message).toContain("例如“2021年1月10日”");
});

test("on the working day after its end the closing report waits for its signature, and prints the figures of its card", async () => {
  await office.advanceTo("2020-11-11T10:40");
  const { facts } = await office.says("市办", "保障 进博会");
  const row = await office.bot.store.read((r) =>
    r.officialPapers.ofKey("guarantee-report", "import-expo/2020-10-31"),
  );
  expect(row?.state).toBe("draft");
  const report = await office.says("市办", `文件 ${row?.id}号`);
  const [city] = report.facts.figures.parts[0].rows;
  expect(city.slice(0, 3)).toEqual(["全市", "11", String(facts.rows[0].pm25)]);
  expect(report.text).toContain("PM2.5≤50");
  await expectWellLaid(office, "guarantee-report");
  expect((await office.says("市办", "设定保障 进博会 PM2.5 30")).code).toBe("conflict");
});
