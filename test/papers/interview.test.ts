import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

type Row = { county: string; stage: string; inARow: number; months: { month: string }[]; missing: string[] };
const standsAt = async (county: string): Promise<Row | undefined> =>
  (await office.says("市办", "约谈")).facts.rows.find((row: Row) => row.county === county);
const told = (titles: Record<string, string>) => Object.entries(titles).map(([to, title]) => ({ to, title }));

const arranged = {
  on: "2020-07-08",
  time: "9:30",
  place: "市生态环境局三楼会议室",
  by: "联席会议办公室主任",
  whom: "市政府主要负责人",
};

test("约谈 says how near each county is: 海安 was among the last in April and May", async () => {
  expect(await standsAt("海安")).toMatchObject({
    stage: "warned",
    inARow: 2,
    months: [{ month: "2020-04" }, { month: "2020-05" }],
  });
  expect(await standsAt("如东")).toMatchObject({ stage: "clear", inARow: 0 });
  // The province doesn't rank the city's districts.
  expect(await standsAt("崇川")).toBeUndefined();
  const { text, command } = await office.says("海安联络员", "约谈 海安");
  expect(command).toBe("interview");
  expect(text).toContain("海安连续2个月列后列，再有1个月即约谈。");
  expect(text).toContain("2020年5月");
  expect(text).not.toContain("2020-05");
  // Of others' matters they read nothing.
  expect((await office.says("海安联络员", "约谈 如皋")).code).toBe("forbidden");
});

test("with the third month the office is asked whether to call it in", async () => {
  await office.advanceTo("2020-07-01T12:00");
  await office.expectCards(told({ 市办: "约谈候选：海安（连续3个月列全省后列）" }), { job: "interview" });
  expect((await office.says("海安联络员", "约谈 海安")).labels).toEqual(["全省排名"]);
});

describe("what is arranged is looked at", () => {
  test.each([
    ["a day that is over", { on: "2020-06-30" }, "bad-date"],
    ["a day off", { on: "2020-07-04" }, "bad-date"],
    ["no time", { time: "上午" }, "bad-date"],
  ])("%s", async (_, over, code) => {
    const pressed = await office.presses("市办", "认定并拟约谈通知", { ...arranged, ...over });
    expect(pressed.code).toBe(code);
  });
});

test("confirmed, its notice is drafted and waits to be checked", async () => {
  const pressed = await office.presses("市办", "认定并拟约谈通知", arranged);
  expect(pressed.card.title).toMatch(/^已拟约谈通知（\d+号文件），待审核$/);
  expect(pressed.facts.interviews[0]).toMatchObject({
    period: "2020-06",
    state: "notice-due",
    arrangement: arranged,
  });
  await office.expectCards([{ to: "市办", title: /^待审核：约谈通知（海安 2020年4月、5月、6月）$/ }], {
    job: "interview",
  });
  expect((await office.presses("市办", "不约谈", { reason: "已经整改" })).code).toBe("already-done");
});

test("signed by another, it is numbered and reaches the county's people, with a button to say who comes", async () => {
  await office.presses("市办", "审核通过");
  await office.presses("市领导", "签发");
  const cards = (await office.cardsOf("海安领导")).filter(({ title }) => title === "约谈通知：海安");
  expect(cards).toHaveLength(1);
  expect(JSON.stringify(cards[0])).toContain("2020年7月8日 9:30");
  expect((await office.says("市办", "约谈 海安")).facts.interviews[0]).toMatchObject({
    state: "called",
    paper: { number: "通气办约〔2020〕1号", state: "issued" },
  });
  // Its months are used up: the next notice is due after three more.
  expect(await standsAt("海安")).toMatchObject({ stage: "clear", inARow: 3 });
});

describe("roll-call, minutes, plan, release, each by its side and in its turn", () => {
  const press = (who: string, label: string, fill: Record<string, string>) =>
    office.presses(who, label, fill);

  test("the county says who comes, and may think better of it; nobody else speaks for it", async () => {
    await press("海安联络员", "回复参会", { as: "请假", who: "外出学习" });
    const again = await press("海安领导", "回复参会", { as: "派员", who: "常务副市长" });
    expect(again.text).toContain("回复派员：常务副市长");
    const id = (await office.speakerOf("市办")).person?.id ?? 0;
    const heard = await office.bot.store.read((r) => r.outbox.piecesFor(id as never, 0));
    expect(heard.filter(({ title }) => title === "约谈回复：海安")).toHaveLength(2);
    expect((await office.says("市办", "约谈 海安")).labels).not.toContain("回复参会");
  });

  test("the day before it both sides are reminded", async () => {
    await office.expectCards(
      [
        { to: "市领导", title: /^待签发：/ },
        ...["海安领导", "海安联络员"].map((to) => ({ to, title: "约谈通知：海安" })),
        ...[1, 2].map(() => ({ to: "市办", title: "约谈回复：海安" })),
      ],
      { job: "interview" },
    );
    await office.advanceTo("2020-07-07T12:00");
    await office.expectCards(
      told({ 市办: "约谈在即：海安", 海安领导: "约谈在即：海安", 海安联络员: "约谈在即：海安" }),
      { job: "interview" },
    );
  });

  const minutes = { problems: "扬尘反弹", stance: "照单全收", demands: "一个月内见效", due: "2020-07-22" };

  test("no plan before the minutes; the minutes name its day", async () => {
    expect((await office.says("海安联络员", "约谈 海安")).labels).not.toContain("报整改方案");
    await office.advanceTo("2020-07-08T15:00");
    await office.says("市办", "约谈 海安");
    expect((await press("市办", "写约谈记录", { ...minutes, due: "2020-07-01" })).code).toBe("bad-date");
    await press("市办", "写约谈记录", minutes);
    await office.expectCards(told({ 海安领导: "约谈记录：海安", 海安联络员: "约谈记录：海安" }), {
      job: "interview",
    });
  });

  test("the record is a page for three to sign", async () => {
    await office.says("市办", "约谈 海安");
    const { bytes } = await office.opens("市办", "约谈记录（2020年6月）.docx");
    const text = strFromU8(unzipSync(bytes)["word/document.xml"] ?? new Uint8Array());
    for (const part of ["扬尘反弹", "照单全收", "一个月内见效", "2020年7月22日", "被约谈人签字"])
      expect(text).toContain(part);
  });

  test("a plan that doesn't come is asked for on its day, and is late the working day after", async () => {
    await office.advanceTo("2020-07-22T12:00");
    await office.expectCards(
      told({ 海安领导: "整改方案今天到期：海安", 海安联络员: "整改方案今天到期：海安" }),
      { job: "interview" },
    );
    await office.advanceTo("2020-07-23T12:00");
    const late = "整改方案逾期未报：海安";
    await office.expectCards(told({ 市办: late, 海安领导: late, 海安联络员: late }), { job: "interview" });
  });

  test("the plan comes, and the office releases the county with its reason", async () => {
    await office.says("海安联络员", "约谈 海安");
    await press("海安联络员", "报整改方案", { text: "工地六个百分百，责任人到岗，8月底前完成" });
    await office.says("市办", "约谈 海安");
    expect((await press("市办", "解除约谈", { reason: "好" })).code).toBe("usage");
    const { facts, text } = await press("市办", "解除约谈", { reason: "整改到位，位次回升" });
    expect(facts.interviews[0]).toMatchObject({ state: "released" });
    expect(facts.interviews[0].steps.map(({ step }: { step: string }) => step)).toEqual([
      "attend",
      "attend",
      "minutes",
      "plan",
      "release",
    ]);
    expect(text).toContain("解除约谈：整改到位，位次回升");
  });
});
