import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

test.each([
  ["海安联络员", { toAcknowledge: ["NT-2020-000006"], overdue: [], toReview: [] }],
  ["海安领导", { toAcknowledge: ["NT-2020-000006"], overdue: [] }],
  ["住建联络员", { toAcknowledge: ["NT-2020-000006"], toReport: 1 }],
  ["如皋联络员", { toAcknowledge: [], overdue: ["NT-2020-000001"] }],
  ["如东联络员", { toAcknowledge: [], overdue: [], toReport: 1 }],
  ["市办", { toAcknowledge: ["NT-2020-000006"], overdue: ["NT-2020-000001"], toReview: [] }],
  ["通州领导", { toReview: ["NT-2020-000002"] }],
  ["市领导", { toReview: [] }],
])("今日 shows %s what waits for them: %j", async (who, expected) => {
  const { command, facts } = await office.says(who, "今日");
  expect(command).toBe("today");
  expect(facts).toMatchObject({ date: "2020-06-15", ...expected });
});

test("what can be done about it is one press away", async () => {
  const { labels } = await office.says("海安联络员", "今日");
  expect(labels).toContain("签收 NT-2020-000006");
  const own = await anOffice();
  await own.says("海安联络员", "今日");
  expect((await own.presses("海安联络员", "签收 NT-2020-000006")).facts.issue.state).toBe("acknowledged");
  expect((await own.says("海安联络员", "今日")).facts.toAcknowledge).toEqual([]);
  own.close();
});

test("only the responsible unit gets the button", async () => {
  for (const who of ["市办", "市领导", "海安点位长"]) {
    expect((await office.says(who, "今日")).labels.filter((l) => l.startsWith("签收"))).toEqual([]);
  }
});

test.each(["市领导", "督查", "海安点位长"])("%s, who can't report, is not asked to", async (who) => {
  expect((await office.says(who, "今日")).labels).not.toContain("填报进度");
});

test("a deadline within three days is due soon, past it overdue", async () => {
  const at = async (date: string) => {
    const day = await anOffice({ at: `${date}T08:30` });
    const { facts } = await day.says("启东联络员", "今日");
    day.close();
    return [facts.dueSoon.length, facts.overdue.length];
  };
  // Qidong's issue is due on Monday, 6 July.
  expect(await at("2020-07-02")).toEqual([0, 0]);
  expect(await at("2020-07-03")).toEqual([1, 0]);
  expect(await at("2020-07-06")).toEqual([1, 0]);
  expect(await at("2020-07-07")).toEqual([0, 1]);
});

test("nothing to do is said in so many words", async () => {
  const { text, facts } = await office.says("启东联络员", "今日");
  expect(facts.lagging + facts.toReport).toBe(0);
  expect(text).toContain("今天没有等您办的事");
});
