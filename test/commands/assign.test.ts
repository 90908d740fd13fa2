import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AnOffice, anOffice, type Fill } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

test("one phrase gives an issue its number, county and deadline, and tells the county's liaison", async () => {
  const { facts, deliveries, text } = await office.says("市办", "交办 海安 “工地裸土未覆盖” 3个工作日");
  expect(facts.issue).toMatchObject({
    no: "NT-2020-000007",
    title: "工地裸土未覆盖",
    county: "海安",
    assignee: "海安",
    state: "assigned",
    assignedAt: "2020-06-15T08:30:00+08:00",
    due: "2020-06-18",
    source: "部门督查",
  });
  expect(deliveries.map((d) => d.audience)).toEqual(["海安联络员"]);
  expect(text).toContain("已通知海安联络员");
  await office.expectCards([{ to: "海安联络员", title: "新的交办：工地裸土未覆盖" }]);
});

test("without anything a form is shown; its answers do the same", async () => {
  const form = await office.says("市办", "交办");
  const button = form.card.buttons[0];
  expect(button?.kind === "press" && button.fields.map((f) => [f.name, f.required])).toEqual([
    ["county", true],
    ["title", true],
    ["due", false],
    ["department", false],
    ["helping", false],
    ["helpBy", false],
    ["copies", false],
    ["level", false],
    ["source", false],
    ["batch", false],
    ["category", false],
    ["town", false],
    ["place", false],
    ["requirement", false],
  ]);
  const fill: Fill = {
    county: "海安",
    title: "工地裸土未覆盖",
    department: "住建局",
    due: "2020-06-30",
    place: "演示大道",
  };
  const { facts } = await office.presses("市办", "填写", fill);
  expect(facts.issue).toMatchObject({ assignee: "住建", due: "2020-06-30" });
  await office.expectCards(["海安联络员", "住建联络员"].map((to) => ({ to, title: /^新的交办/ })));
});

test("fields given by name fill the form without it being shown", async () => {
  const { facts } = await office.says("督查", "交办", {
    county: "海安",
    title: "工地裸土未覆盖",
    level: "较大",
  });
  expect(facts.issue.no).toBe("NT-2020-000007");
  expect(facts.issue.due).toBe("2020-07-15");
});

test("a form without level or source takes 一般 and 部门督查", async () => {
  await office.says("市办", "交办");
  const { facts } = await office.presses("市办", "填写", { county: "海安", title: "工地裸土未覆盖" });
  expect(facts.issue).toMatchObject({ source: "部门督查", due: "2020-06-30" });
});

test("numbers go on without a gap and are never used twice", async () => {
  const no = async (title: string) => (await office.says("市办", `交办 海安 ${title} 15日`)).facts.issue.no;
  expect(await no("第一件事")).toBe("NT-2020-000007");
  expect((await office.says("市办", "交办 海安 x 1日")).code).toBe("usage");
  expect(await no("第二件事")).toBe("NT-2020-000008");
  expect(new Set(await Promise.all(["第三件事", "第四件事", "第五件事"].map(no))).size).toBe(3);
});

test("a grave problem reaches the county's lead at once; a kind of problem has its own term", async () => {
  await office.says("市办", "交办 海安 危化品储罐泄漏 重大 3日");
  await office.expectCards(["海安领导", "海安联络员"].map((to) => ({ to, title: /^新的交办/ })));
  const { facts } = await office.says("市办", "交办", {
    county: "海安",
    title: "秸秆焚烧",
    category: "露天焚烧",
  });
  expect(facts.issue).toMatchObject({ category: "露天焚烧", due: "2020-06-16" });
  const wrong = await office.says("市办", "交办", { county: "海安", title: "秸秆焚烧", category: "焚烧" });
  expect([wrong.code, wrong.message]).toEqual(["usage", expect.stringContaining("露天焚烧")]);
});

test("a deadline on a day off is kept and pointed out", async () => {
  expect((await office.says("市办", "交办 海安 裸土未覆盖 6月27日")).text).toContain("6月27日是休息日");
});

describe("deadlines", () => {
  test.each([
    ["3个工作日", "2020-06-18"],
    // The dragon boat festival of 25 to 27 June, made up for on Sunday the 28th.
    ["8个工作日", "2020-06-28"],
    ["15日", "2020-06-30"],
    ["10天内", "2020-06-28"],
    ["6月20日", "2020-06-20"],
    ["2020-06-15", "2020-06-15"],
    ["明天", "2020-06-16"],
  ])("%s is %s", async (said, due) => {
    expect((await office.says("市办", `交办 海安 裸土未覆盖 ${said}`)).facts.issue.due).toBe(due);
  });

  test.each([
    [{ due: "2020-06-14" }, "bad-date"],
    [{ due: "昨天" }, "bad-date"],
    [{ due: "0日" }, "bad-date"],
    [{ due: "尽快" }, "bad-date"],
    [{ due: "2020-02-30" }, "bad-date"],
    [{ level: "重大" }, "usage"],
    [{ level: "特大" }, "usage"],
    [{ county: "海按" }, "unknown-county"],
    [{ department: "住健局" }, "unknown-department"],
    [{ title: "裸" }, "usage"],
    [{ title: "裸".repeat(201) }, "usage"],
    [{ farbe: "1" }, "usage"],
  ] as [Fill, string][])("%j is refused as %s and nothing changes", async (over, code) => {
    const answer = await office.says("市办", "交办", { county: "海安", title: "裸土未覆盖", ...over });
    expect(answer.code).toBe(code);
    await office.expectCards([]);
    expect((await office.says("市办", "问题")).facts.total).toBe(6);
  });

  test("what is still missing is named to somebody who fills by name", async () => {
    const { code, message } = await office.says("市办", "交办", { county: "海安" });
    expect(code).toBe("usage");
    expect(message).toContain("问题描述");
  });
});

test.each(["海安联络员", "海安领导", "市领导", "住建联络员", "海安点位长"])(
  "%s may not assign",
  async (who) => {
    const answer = await office.says(who, "交办 海安 裸土未覆盖 3日");
    expect(answer.code).toBe("forbidden");
    expect((await office.says(who, "交办")).code).toBe("forbidden");
    await office.expectCards([]);
  },
);

test("what is assigned to a merged district reaches its heir's people, and nobody who has no place yet", async () => {
  const august = await anOffice({ at: "2020-08-03T08:30" });
  const { facts } = await august.says("市办", "交办 港闸 裸土未覆盖 3个工作日");
  expect(facts.issue.county).toBe("崇川");
  await august.expectCards([{ to: "崇川联络员", title: /^新的交办/ }]);
  august.close();
});

test("in a year whose days off are known a term counts by them; in one that isn't it says so, on the order and on the card", async () => {
  const later = await anOffice({ at: "2026-09-29T10:00" });
  try {
    const known = await later.says("市办", "交办 海安 “国庆前裸土” 3个工作日");
    expect(known.card?.facts?.issue).toMatchObject({ due: "2026-10-09" });
    expect(known.text).not.toContain("放假安排");
    for (const phrase of ["交办 海安 “来年积尘” 2027年3月1日", "交办 海安、如皋 “来年积尘二” 2027年3月1日"])
      expect((await later.says("市办", phrase)).text).toContain("未录入2027年放假安排，按周末推算");
  } finally {
    later.close();
  }
});
