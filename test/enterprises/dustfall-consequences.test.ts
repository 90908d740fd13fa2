import { afterAll, beforeAll, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// In the demonstration 海安 is the one county above 4.5 in May 2020, and has been told so; in June nobody is.
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
});
afterAll(() => office.close());

const HEAD = "月份,县区,点位,降尘量,天数";
const may = (value: number, county = "海安") =>
  importText(office, [
    HEAD,
    ..."一二三".split("").map((n) => `2020-05,${county},演示·${county}降尘${n}点,${value},30`),
  ]);
const applying = () =>
  office.says("海安联络员", "申请夜施 海安 “工地甲” 6月20日至6月21日 依据 混凝土连续浇筑");
const toCity = ["市办", "住建联络员", "城管联络员"];
const sent = (of: readonly string[], title: RegExp) => of.map((to) => ({ to, title }));
const job = { job: "dustfall" };

test("what was told before is not told again", async () => {
  await office.advanceTo("2020-06-15T10:31");
  await office.expectCards([], job);
});

test("a correction that meets the limit lifts what it had tightened, and says so", async () => {
  await may(4.5);
  expect((await applying()).code).toBeNull();
  await office.advanceTo("2020-06-16T10:31");
  const lifted = /^海安5月降尘量4\.5达标，夜间施工恢复正常$/;
  await office.expectCards(sent(["海安领导", "海安联络员", ...toCity], lifted), job);
  const card = (await office.cardsOf("海安联络员")).findLast(({ title }) => lifted.test(title));
  expect(JSON.stringify(card?.blocks)).toMatch(/不高于4\.5。数据更正，原为2020年5月\d\.\d。/);
  await office.advanceTo("2020-06-17T10:31");
  await office.expectCards([], job);
});

test("a correction above it tightens again: permits in force to review, one check of haulage with a term", async () => {
  await may(4.6);
  expect((await applying()).code).toBe("conflict");
  await office.advanceTo("2020-06-18T10:31");
  const tightened = /^海安5月降尘量4\.6超标，夜间施工从严$/;
  await office.expectCards(sent(["海安领导", "海安联络员", ...toCity], tightened), job);
  const card = (await office.cardsOf("海安联络员")).findLast(({ title }) => tightened.test(title));
  expect(card?.facts).toMatchObject({ kind: "tightened", byCorrection: true });
  const facts = card?.facts as { issue: string; review: { site: string }[] };
  expect(facts.review.map(({ site }) => site)).toContain("工地甲");
  const { issue } = (await office.says("海安联络员", `问题 ${facts.issue}`)).facts;
  expect(issue).toMatchObject({
    county: "海安",
    title: "2020年5月降尘量4.6超标，集中整治夜间运输",
    // Ten working days, over the Dragon Boat holiday.
    due: "2020-07-03",
  });
  expect((await office.says("海安联络员", `签收 ${facts.issue}`)).code).toBeNull();
});

test("another figure of the same month that is still over is told as a correction, without a second check", async () => {
  await may(4.8);
  await office.advanceTo("2020-06-19T10:31");
  await office.expectCards(
    sent(["海安领导", "海安联络员", ...toCity], /^海安5月降尘量4\.8（更正），夜间施工继续从严$/),
    job,
  );
  const checks = await office.says("市办", "问题 海安 “集中整治夜间运输”");
  expect(checks.facts.total).toBe(1);
});

test("several counties are one message to the office; a lost month changes nothing", async () => {
  await may(5, "如东");
  await may(5, "启东");
  await importText(office, [HEAD, "2020-05,如皋,演示·如皋降尘一点,瓶破,30"]);
  await office.advanceTo("2020-06-22T10:31");
  await office.expectCards(
    [
      ...sent(toCity, /^降尘考核：2个县（市、区）的夜间施工管控有变化$/),
      ...sent(["如东领导", "如东联络员"], /^如东5月降尘量5\.0超标/),
      ...sent(["启东领导", "启东联络员"], /^启东5月降尘量5\.0超标/),
    ],
    job,
  );
});

test("the month that meets the limit lifts it", async () => {
  await office.advanceTo("2020-07-01T10:31");
  await office.expectCards(
    [
      ...sent(toCity, /^降尘考核：3个县（市、区）的夜间施工管控有变化$/),
      ...["海安", "如东", "启东"].flatMap((county) =>
        sent([`${county}领导`, `${county}联络员`], new RegExp(`^${county}6月降尘量\\d\\.\\d达标`)),
      ),
    ],
    job,
  );
  expect((await office.says("市办", "夜施")).facts.tightened).toEqual([]);
});

test("a month that nobody has brought by its working day is asked for once", async () => {
  const { calendar } = office.bot.office;
  const nth = (n: number) => calendar.nthWorkingDayOfMonth(Temporal.PlainYearMonth.from("2021-02"), n);
  const later = await anOffice({ at: `${nth(9)}T12:00` });
  await later.advanceTo(`${nth(10)}T10:31`);
  // What December has lifted goes to the office in the same message.
  await later.expectCards(
    [
      { to: "市办", title: /^海安12月.*；1月降尘数据还缺\d+个县（市、区）$/ },
      ...sent(["海安领导", "海安联络员", "住建联络员", "城管联络员"], /^海安12月.*达标/),
    ],
    job,
  );
  await later.advanceTo(`${nth(11)}T10:31`);
  await later.expectCards([], job);
  later.close();
});
