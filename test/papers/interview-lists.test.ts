import { afterEach, beforeEach, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// What the province's lists, and what becomes of them, do to those who may be called in.

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-07-01T08:00" });
});
afterEach(() => office.close());

/** Places of counties in the province's lists, as the office sends them: month, county, rank. */
const lists = (...rows: string[]) =>
  importText(
    office,
    ["月份,县区,PM2.5,名次,总数", ...rows.map((row) => row.replace(/,(\d*)$/, ",40,$1,54"))],
    {
      by: "市办",
    },
  );
const toOffice = (...titles: (string | RegExp)[]) => titles.map((title) => ({ to: "市办", title }));
const job = "interview";

test("a county that has been among the last for two months is warned, with the office, once", async () => {
  await lists("2020-05,如皋,45", "2020-06,如皋,54");
  await office.advanceTo("2020-07-03T12:00");
  const title = "约谈预警：如皋已连续2个月列全省后列";
  await office.expectCards(
    [
      ...toOffice(`约谈候选：海安（连续3个月列全省后列）；${title}`),
      ...["如皋领导", "如皋联络员"].map((to) => ({ to, title })),
    ],
    { job },
  );
});

test("struck with a reason it is proposed no more, and again with the next month's list", async () => {
  await office.advanceTo("2020-07-01T12:00");
  expect((await office.presses("市办", "不约谈", { reason: "好" })).code).toBe("usage");
  const struck = await office.presses("市办", "不约谈", { reason: "6月受外来沙尘影响" });
  expect(struck.text).toContain("2020年6月：不约谈，理由：6月受外来沙尘影响");
  // The next looks at the lists propose it no more, nor does one much later.
  await office.advanceTo("2020-07-06T12:00");
  await office.wakesAt("2020-07-31T12:00");
  await office.expectCards(toOffice("约谈候选：海安（连续3个月列全省后列）"), { job });
  await lists("2020-07,海安,50");
  await office.advanceTo("2020-08-03T12:00");
  await office.expectCards(toOffice("约谈候选：海安（连续4个月列全省后列）"), { job });
});

test("a corrected list takes a candidate back, and the office is told why", async () => {
  await office.advanceTo("2020-07-01T12:00");
  await lists("2020-05,海安,40");
  const arranged = { on: "2020-07-08", time: "9:30", place: "三楼", by: "主任", whom: "市长" };
  const pressed = await office.presses("市办", "认定并拟约谈通知", arranged);
  expect(pressed.message).toContain("海安2020-05全省位次更正为40/54，不在后列，不再符合约谈条件");
  await office.advanceTo("2020-07-02T12:00");
  await office.expectCards(toOffice("约谈候选：海安（连续3个月列全省后列）", "约谈候选撤销：海安"), { job });
});

const arranged = { on: "2019-02-20", time: "9:30", place: "三楼会议室", by: "主任", whom: "区长" };

test("with a month missing between, nobody is called in before it is there or explained", async () => {
  office.close();
  office = await anOffice({ at: "2019-02-11T08:00" });
  await lists("2018-10,通州,50", "2018-12,通州,50", "2019-01,通州,50");
  await office.advanceTo("2019-02-11T12:00");
  const card = await office.says("市办", "约谈 通州");
  expect(card.facts).toMatchObject({ stage: "due", missing: ["2018-11"] });
  expect(card.text).toContain("没有名单的月份：2018年11月，请市办导入全省排名。");
  const early = await office.presses("市办", "认定并拟约谈通知", arranged);
  expect(early.message).toContain("2018年11月没有全省排名名单，不能认定连续");
  const pressed = await office.presses("市办", "认定并拟约谈通知", {
    ...arranged,
    note: "11月省里未公布名单",
  });
  expect(pressed.card.title).toContain("待审核");
  // The list comes after all, and the row is broken: what was drafted is doubted.
  await lists("2018-11,通州,30");
  const broken = (await office.says("市办", "约谈 通州")).facts;
  expect(broken).toMatchObject({ missing: [] });
});

test("once a month the office is asked for a list that isn't there", async () => {
  office.close();
  office = await anOffice({ at: "2021-02-01T08:00" });
  await office.advanceTo("2021-03-01T08:00");
  await office.expectCards([{ to: "市办", title: "请导入2021年1月全省排名" }], { job });
  expect((await office.says("市办", "约谈")).text).toContain(
    "没有名单的月份：2021年1月、2月，请市办导入全省排名。",
  );
});

test("a district that becomes part of another is called in no more, and its heir not for it", async () => {
  await lists("2020-04,港闸,50", "2020-05,港闸,50", "2020-06,港闸,50");
  await office.advanceTo("2020-07-01T12:00");
  const candidate = (await office.says("市办", "约谈 港闸")).card;
  expect(candidate.buttons.map(({ label }) => label)).toContain("认定并拟约谈通知");
  await office.wakesAt("2020-07-26T12:00");
  await office.advanceTo("2020-07-28T12:00");
  const rows = (await office.says("市办", "约谈")).facts.rows as { county: string }[];
  expect(rows.map(({ county }) => county)).not.toContain("崇川");
  const told = await office.bot.store.read((r) => r.outbox.after(0));
  expect(told.map(({ row }) => row.title)).toContain("约谈候选撤销：港闸");
});

test("a county that is only renamed keeps its months", async () => {
  await office.wakesAt("2020-09-01T08:00");
  await lists("2020-06,海门,50", "2020-07,海门,50", "2020-08,海门,50");
  await office.advanceTo("2020-09-01T12:00");
  const { facts } = await office.says("市办", "约谈 海门");
  expect(facts).toMatchObject({ stage: "due", inARow: 3, candidate: { period: "2020-08" } });
});

test("a list that is corrected after the signature: what was signed stays, and the office is told", async () => {
  await office.advanceTo("2020-07-01T12:00");
  await office.presses("市办", "认定并拟约谈通知", { ...arranged, on: "2020-07-08" });
  await office.presses("市办", "审核通过");
  await lists("2020-06,海安,48");
  // The signer sees the other place, and signs nothing yet.
  const anew = await office.presses("市领导", "签发");
  expect(anew.card.title).toContain("已改为第2稿");
  await office.presses("市办", "审核通过");
  await office.presses("市领导", "签发");
  const stands = async () => (await office.says("市办", "约谈 海安")).facts.interviews[0];
  const { paper } = await stands();
  expect(paper).toMatchObject({ state: "issued" });
  const before = (await office.says("海安领导", `文件 ${paper.id}号`)).text;
  await lists("2020-06,海安,40");
  await office.advanceTo("2020-07-03T12:00");
  const heard = (await office.cardsOf("市办")).filter(({ title }) => title === "约谈依据有更正：海安");
  expect(JSON.stringify(heard)).toContain("2020-06全省位次更正为40/54，不在后列");
  expect(heard).toHaveLength(1);
  expect((await office.says("海安领导", `文件 ${paper.id}号`)).text).toBe(before);
  await office.advanceTo("2020-07-10T12:00");
  expect((await office.cardsOf("市办")).filter(({ title }) => title === "约谈依据有更正：海安")).toHaveLength(
    1,
  );
});

test("nobody but the county's people of today answer for it: who has left does not, whoever came does", async () => {
  await office.advanceTo("2020-07-01T12:00");
  await office.presses("市办", "认定并拟约谈通知", { ...arranged, on: "2020-07-08" });
  await office.presses("市办", "审核通过");
  await office.says("市办", "离任 海安领导");
  await office.presses("市领导", "签发");
  const left = (await office.cardsOf("海安领导")).filter(({ title }) => title.startsWith("约谈通知"));
  expect(left).toEqual([]);
  const stays = (await office.cardsOf("海安联络员")).filter(({ title }) => title.startsWith("约谈通知"));
  expect(stays).toHaveLength(1);
});
