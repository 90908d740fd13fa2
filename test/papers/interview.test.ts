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
