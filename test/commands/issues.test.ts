import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFacts } from "../support/facts.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const numbers = (facts: { rows: { no: string }[] }) => facts.rows.map((row) => Number(row.no.slice(-6)));

test("问题 lists the nearest deadline first and what waits for review last, with the promised facts", async () => {
  const { command, facts } = await office.says("市办", "问题");
  expect(command).toBe("issues");
  expectFacts("issues", facts);
  expect(numbers(facts)).toEqual([1, 6, 3, 4, 5, 2]);
  expect(facts.rows[0]).toMatchObject({ county: "如皋", due: "2020-06-04", daysLeft: -11, overdue: true });
});

test.each([
  ["问题 待签收", [6]],
  ["问题 整改中", [1, 3, 4, 5]],
  ["问题 已签收", [1, 3, 4, 5]],
  ["问题 待复核", [2]],
  ["问题 超期", [1]],
  ["问题 逾期 如皋", [1]],
  ["问题 如皋 超期", [1]],
  ["问题 海安", [6]],
  ["问题 住建局", [6]],
  ["问题 已销号", []],
  ["问题 上级交办", [3]],
  ["问题 “裸土”", [6]],
  ["问题 搜裸土", [6]],
  ["问题 搜演示码头", [3]],
  ["问题 搜000004", [4]],
  ["问题 全部", [1, 6, 3, 4, 5, 2]],
  ["台账", [1, 6, 3, 4, 5, 2]],
])("%s gives %j", async (phrase, expected) => {
  expect(numbers((await office.says("督查", phrase)).facts)).toEqual(expected);
});

test.each([
  ["海安联络员", [6]],
  ["住建联络员", [6]],
  ["如东领导", []],
  ["通州点位长", [2]],
  ["市领导", [1, 6, 3, 4, 5, 2]],
])("%s sees what is within the scope: %j", async (who, expected) => {
  expect(numbers((await office.says(who, "问题")).facts)).toEqual(expected);
  expect(numbers((await office.says(who, "问题 我的")).facts)).toEqual(expected);
});

test("another county's list is forbidden", async () => {
  expect((await office.says("海安联络员", "问题 如东")).code).toBe("forbidden");
});

test("what is assigned later does not exist yet", async () => {
  const early = await anOffice({ at: "2020-06-04T08:30" });
  expect(numbers((await early.says("市办", "问题")).facts)).toEqual([1, 2]);
  early.close();
});

test("a merged district's issue passes to its heir and keeps the old name in the record", async () => {
  const august = await anOffice({ at: "2020-08-03T08:30" });
  const { facts } = await august.says("崇川联络员", "问题");
  expect(facts.rows).toMatchObject([{ county: "崇川（原港闸）", overdue: true }]);
  expect(numbers((await august.says("市办", "问题 崇川")).facts)).toEqual([4]);
  august.close();
});

test.each([
  ["问题 海按", "unknown-county", "海安"],
  ["问题 住健局", "unknown-department", "住建"],
  ["问题 已销好", "usage", "待签收"],
])("%s is refused as %s and says what would do", async (phrase, code, hint) => {
  const answer = await office.says("市办", phrase);
  expect(answer.code).toBe(code);
  expect(answer.message).toContain(hint);
});
