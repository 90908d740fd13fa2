import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

const full = process.env.TEST_FULL === "1";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-01T08:00" });
});
afterAll(() => office.close());

type Row = { person: string; fullestWeek: number; messages: number; uncounted: number; taps: number };
const rows = async (period: string): Promise<Row[]> =>
  (await office.says("市办", `负担 ${period}`)).facts.rows;

test("the office sees messages and taps by person and kind; others don't", async () => {
  expect((await office.says("海安联络员", "负担")).code).toBe("forbidden");
  await office.advanceTo("2020-06-01T09:30");
  await office.says("海安联络员", "海安");
  await office.says("海安联络员", "海安");
  const answer = await office.says("市办", "负担 本周");
  expect(answer.facts.limit).toBe(10);
  const liaison = answer.facts.rows.find((row: Row) => row.person === "海安联络员");
  expect(liaison).toMatchObject({ messages: 1, byKind: { "weekly-notice": 1 }, byAct: { county: 2 } });
  expect(answer.text).toContain("没有人一周超过10条");
});

test("what is grave or waits for a signature is counted apart", async () => {
  const before = (await rows("本周")).find((row) => row.person === "如东联络员");
  await office.says("市办", "交办 如东 “等签收的一件” 5个工作日");
  const after = (await rows("本周")).find((row) => row.person === "如东联络员");
  expect(after?.messages).toBe(before?.messages);
  expect(after?.uncounted).toBe((before?.uncounted ?? 0) + 1);
});

test("idle officials, from June to October: nobody is sent more than ten counted messages a week", async () => {
  for (const county of ["通州", "海安", "如皋", "如东", "启东"])
    for (let n = 1; n <= (full ? 7 : 4); n += 1)
      await office.says("市办", `交办 ${county} “${county}没人办的第${n}件” ${n * 2}个工作日`);
  const until = full ? "2020-10-31" : "2020-06-28";
  await office.advanceTo(`${until}T23:00`);
  const played = await rows(`2020-06-01..${until}`);
  expect(played.length).toBeGreaterThan(20);
  expect(played.filter(({ fullestWeek }) => fullestWeek > 10)).toEqual([]);
}, 300_000);
