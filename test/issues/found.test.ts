import { afterEach, beforeEach, expect, test } from "vitest";
import { sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const CHIEF = "海安点位长";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

test("a station chief's words make a draft without a photo, and the office is told", async () => {
  await office.expectCards([]);
  const answer = await office.says(CHIEF, "发现 海安人民路工地裸土未覆盖");
  const { no } = answer.facts.issue;
  expect(answer.card.title).toBe(`已登记，待市办交办：${no}`);
  expect(answer.facts.issue).toMatchObject({
    state: "draft",
    title: "海安人民路工地裸土未覆盖",
    source: "点位长巡查",
    county: "海安",
  });
  expect(answer.text).toContain(`有现场照片请发给我，说明写“${no} 整改前”`);
  await office.expectCards([{ to: "市办", title: "待交办：海安人民路工地裸土未覆盖" }]);
  // It is one of the plan's sources.
  expect((await office.says("市办", "问题 待交办 部门督查")).facts.rows).toMatchObject([{ no }]);
  await sendingTo(office)(CHIEF, `${no} 整改前`);
  expect((await office.says("市办", no)).facts.issue.evidence).toMatchObject([{ kind: "before", by: CHIEF }]);
});

test("a photo of theirs has the same source", async () => {
  const { title } = await sendingTo(office)(CHIEF, "海安河边焚烧落叶");
  const no = /NT-\d{4}-\d{6}/.exec(title)?.[0] ?? "";
  expect((await office.says("市办", no)).facts.issue.source).toBe("点位长巡查");
});

test("nothing is written down that names no place, nor for whoever drafts nothing", async () => {
  expect((await office.says(CHIEF, "发现问题")).text).toContain("还没有登记");
  expect((await office.says(CHIEF, "发现一处露天焚烧")).text).toContain("还没有登记");
  expect((await office.says("海安联络员", "发现 人民路工地裸土未覆盖")).text).toContain("还没有登记");
  expect((await office.says("市办", "问题 待交办")).facts.rows).toEqual([]);
});

test("我的发现 shows what became of all that they found, wherever it lies, and of nothing else", async () => {
  const mine = (await office.says(CHIEF, "发现 海安人民路工地裸土未覆盖")).facts.issue.no;
  const other = (await office.says(CHIEF, "发现 如东海堤砂石堆场未覆盖")).facts.issue.no;
  await office.says("市办", `问题 ${other} 更多`);
  await office.presses("市办", "作废", { text: "不在管辖范围" });
  for (const phrase of ["我的发现", "问题 我发现的"]) {
    const { facts } = await office.says(CHIEF, phrase);
    expect(facts.rows.map(({ no, state }: { no: string; state: string }) => [no, state]).toSorted()).toEqual([
      [mine, "draft"],
      [other, "cancelled"],
    ]);
  }
  expect((await office.says("海门点位长", "我的发现")).facts.rows).toEqual([]);
});

test("who found it is told when it is closed", async () => {
  const { no } = (await office.says(CHIEF, "发现 海安人民路工地裸土未覆盖")).facts.issue;
  await office.says("市办", no);
  await office.presses("市办", "交办", { county: "海安", due: "20日" });
  await office.says("海安联络员", no);
  await office.presses("海安联络员", "签收");
  await office.photographs("海安联络员", no);
  await office.says("海安联络员", no);
  await office.presses("海安联络员", "提交整改", { measures: "已覆盖" });
  await office.says("海安领导", no);
  await office.presses("海安领导", "县级确认");
  await office.says("督查", no);
  await office.presses("督查", "复核通过");
  expect((await office.cardsOf(CHIEF)).at(-1)?.title).toBe("海安已销号：海安人民路工地裸土未覆盖");
});
