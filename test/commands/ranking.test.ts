import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFacts } from "../support/facts.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

type Row = { rank: number; county: string; value: number; yearOnYearPct: number | null };

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

test.each([
  ["排名", "composite"],
  ["排名 5月", "composite"],
  ["排名 上周 PM2.5", "PM2.5"],
  ["排名 PM2.5 2020-05", "PM2.5"],
  ["排名 优良率", "attainment"],
  ["排名 改善 5月", "improvement"],
  ["/ranking 2020Q1 pm2.5", "PM2.5"],
])("%s ranks by %s, with the promised facts", async (phrase, metric) => {
  const { command, facts } = await office.says("市办", phrase);
  expect(command).toBe("ranking");
  expectFacts("ranking", facts);
  expect(facts.metric).toBe(metric);
  expect(facts.rows.length + facts.unranked.length).toBe(11);
});

test("equal values share a rank and the next rank is skipped", async () => {
  const { rows } = (await office.says("市办", "排名 2020-05 PM2.5")).facts as { rows: Row[] };
  expect(rows.slice(0, 3).map(({ rank, county, value }) => [rank, county, value])).toEqual([
    [1, "如东", 28],
    [1, "启东", 28],
    [3, "海门", 29],
  ]);
  for (const row of rows) expect(row.rank).toBe(1 + rows.filter((other) => other.value < row.value).length);
});

test.each([
  ["前三名", "前3名：如东、启东、海门、通州湾示范区"],
  ["后三名", "后3名：港闸、通州、如皋、海安"],
])("who shares the last of the %s is named with them", async (ends, words) => {
  expect((await office.says("市办", `排名 2020-05 PM2.5 ${ends}`)).text).toContain(words);
});

test.each([
  ["排名 5月 PM2.5", (a: number, b: number) => a <= b],
  ["排名 5月", (a: number, b: number) => a <= b],
  ["排名 5月 优良率", (a: number, b: number) => a >= b],
  ["排名 5月 改善", (a: number, b: number) => a <= b],
] as const)("%s lists the best first", async (phrase, inOrder) => {
  const { rows } = (await office.says("市办", phrase)).facts as { rows: Row[] };
  expect(rows.every((row, i) => i === 0 || inOrder((rows[i - 1] as Row).value, row.value))).toBe(true);
});

test("a county without enough valid days is listed apart, with the reason", async () => {
  const { facts, text } = await office.says("市办", "排名 2020-04 PM2.5");
  expect(facts.rows).toHaveLength(10);
  expect(facts.unranked).toEqual([{ county: "如东", reason: expect.stringContaining("24/27天") }]);
  expect(text).toContain("不参与排名：如东");
});

test("a county that has nothing to compare with is not ranked by improvement", async () => {
  const { facts } = await office.says("市办", "排名 改善 5月");
  expect(facts.unranked).toEqual([{ county: "苏锡通园区", reason: expect.stringContaining("上年同期") }]);
});

test("the rank agrees with the county's own card", async () => {
  const { rows } = (await office.says("市办", "排名 2020-05 PM2.5")).facts as { rows: Row[] };
  for (const { county, rank } of rows) {
    expect((await office.says("市办", `${county} 2020-05`)).text).toContain(`第${rank}位（共11个）`);
  }
});

test("after the merger ten regions are ranked, 港闸 within 崇川", async () => {
  const september = await anOffice({ at: "2020-09-10T08:30" });
  const { facts } = await september.says("市办", "排名 8月");
  const names = facts.rows.map((row: Row) => row.county);
  expect(names).toHaveLength(10);
  expect(names).toContain("崇川");
  expect(names).not.toContain("港闸");
  september.close();
});

test("everybody who is linked may see the comparison", async () => {
  expect((await office.says("海安点位长", "排名")).code).toBeNull();
});

test.each([
  ["排名 2021", "bad-period"],
  ["排名 13月", "bad-period"],
])("%s is refused as %s", async (phrase, code) => {
  expect((await office.says("市办", phrase)).code).toBe(code);
});

test("equals stand in the order of their administrative codes, functional areas behind them", async () => {
  // In the week of 15 June 2020 如皋 (320682), 港闸 (320611) and 海门 (320684) share a mean of 26.
  const later = await anOffice({ at: "2020-06-22T09:00" });
  const { rows } = (await later.says("市办", "排名 2020-06-15..2020-06-21 PM2.5")).facts as { rows: Row[] };
  expect(rows.filter((r) => r.rank === 6)).toMatchObject([
    { county: "港闸" },
    { county: "如皋" },
    { county: "海门" },
  ]);
  later.close();
});
