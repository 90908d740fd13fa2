import { describe, expect, test } from "vitest";
import { BUDGET, CellBudget, tooManyColumns, tooManyRows } from "../../src/intake/budget.ts";

const text = (length: number) => "字".repeat(length);
const LONGEST = text(BUDGET.characters);

describe("a cell", () => {
  test("of 2,000 characters is read", () => {
    expect(new CellBudget().take(["海安", LONGEST], null, 1)).toBeNull();
  });

  test.each([
    [null, "第3行第2列的内容有2001字，每格最多2000字，请删减后再发。"],
    ["六月", "“六月”第3行第2列的内容有2001字，每格最多2000字，请删减后再发。"],
  ])("of one more is refused by where it stands, sheet %s", (sheet, refusal) => {
    expect(new CellBudget().take(["海安", text(2001)], sheet, 3)).toEqual({ refusal });
  });
});

test("all cells together show 64 MB and not one character more, in however many rows", () => {
  const most = BUDGET.shownMegabytes * 1024 * 1024;
  const row = Array.from({ length: 1024 }, () => text(1024));
  const budget = new CellBudget();
  for (let taken = 0; taken < most; taken += 1024 * 1024) expect(budget.take(row, null, 1)).toBeNull();
  expect(budget.take([""], null, 65)).toBeNull();
  expect(budget.take(["字"], null, 66)).toEqual({
    refusal: "表格文字合计超过64MB，请拆分成几个文件后再发。",
  });
  expect(budget.take([], null, 67), "and what has been too much stays so").not.toBeNull();
});

test("what is too much says how much is taken, and what to do", () => {
  expect([tooManyRows, tooManyColumns]).toEqual([
    { refusal: "数据超过20万行，请拆分后再发。" },
    { refusal: "列数超过300列，请只保留需要的列。" },
  ]);
});
