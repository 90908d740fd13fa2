import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

const NO = "NT-2020-000006";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

async function inReview(kinds: ("before" | "after")[]) {
  await office.photographs("海安联络员", NO, kinds);
  await office.says("海安联络员", NO);
  await office.presses("海安联络员", "提交整改", { measures: "一期已完成" });
  await office.says("海安领导", NO);
  await office.presses("海安领导", "县级确认");
  await office.says("督查", `问题 ${NO} 更多`);
}

test("a stage is closed with what remains and by when, and the matter goes on with that deadline", async () => {
  await office.says("海安联络员", NO);
  await office.presses("海安联络员", "签收");
  await inReview(["before", "after"]);
  expect((await office.presses("督查", "阶段性办结", { text: "二期裸土" })).code).not.toBeNull();
  await office.says("督查", `问题 ${NO} 更多`);
  expect((await office.presses("督查", "阶段性办结", { due: "2020-09-30" })).code).not.toBeNull();
  await office.says("督查", `问题 ${NO} 更多`);
  const card = await office.presses("督查", "阶段性办结", { text: "二期裸土9月底前绿化", due: "2020-09-30" });
  expect(card.facts.issue).toMatchObject({ state: "rectifying", stages: 1, round: 2, due: "2020-09-30" });
  expect(card.text).toContain("整改中，已阶段性办结1次");
  expect(card.text).toContain("剩余任务：二期裸土9月底前绿化");
  expect(card.facts.issue.closedAt).toBeNull();
  for (const who of ["海安联络员", "海安领导"])
    expect((await office.cardsOf(who)).at(-1)?.title).toBe("海安已阶段性办结：工地裸土未覆盖，出入口未冲洗");
});

test("统计 counts it apart from 销号, and the issue is still open", async () => {
  const { facts, text } = await office.says("市办", "统计 6月");
  expect(facts).toMatchObject({ staged: 1 });
  expect(text).toContain("阶段性办结：1次");
  const before = facts.closed;
  expect(
    (await office.says("市办", "问题 未销号 海安")).facts.rows.map(({ no }: { no: string }) => no),
  ).toContain(NO);

  // The next stage needs photos of its own, and ends with 销号.
  await office.says("海安联络员", NO);
  expect((await office.presses("海安联络员", "提交整改", { measures: "二期完成" })).message).toContain(
    "第2轮",
  );
  await inReview(["after"]);
  const closed = await office.presses("督查", "复核通过");
  expect(closed.facts.issue).toMatchObject({ state: "closed", stages: 1 });
  expect(closed.text).not.toContain("剩余任务");
  const later = (await office.says("市办", "统计 6月")).facts;
  expect(later).toMatchObject({ staged: 1, closed: before + 1 });
});
