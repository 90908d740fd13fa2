import { describe, expect, test } from "vitest";
import { printLines } from "../../src/output/page-strip.ts";
import { pagesOf } from "../../src/output/pages.ts";
import type { PaperTable } from "../../src/output/paper-model.ts";
import { columnsOf } from "../../src/output/table-columns.ts";
import { official } from "../support/papers.ts";

const table = (widths: readonly number[], ...rows: readonly string[][]): PaperTable => ({
  kind: "table",
  head: true,
  widths,
  rows,
});

describe("the columns of a table", () => {
  test("are as wide as their shares say while all that they hold fits", () => {
    expect(columnsOf(table([1, 3], ["地区", "PM2.5"], ["海安", "36"]), 400)).toEqual([100, 300]);
  });

  test("are wider where a number wouldn't fit, at the cost of those that have room", () => {
    const [name = 0, number = 0, rest = 0] = columnsOf(
      table([8, 1, 8], ["地区", "O₃", "首要污染物"], ["海安", "131.5", "臭氧"]),
      300,
    );
    expect(number).toBeGreaterThan(300 / 17);
    expect(name).toBeCloseTo(rest, 5);
    expect(name + number + rest).toBeCloseTo(300, 5);
  });

  test("are no wider than the page where nothing has room to spare", () => {
    const columns = columnsOf(table([1, 1], ["123456789", "123456789"]), 60);
    expect(columns.reduce((sum, one) => sum + one, 0)).toBeCloseTo(60, 5);
  });
});

test("no sign of a cell is left out, however many columns there are, and no number is broken where there is room", () => {
  const cells = [
    "苏锡通园区",
    "12（并列）",
    "31",
    "上升23.8%",
    "131",
    "6/7",
    "85.7%",
    "O₃（3天）、PM2.5（1天）",
  ];
  const heads = ["地区", "位次", "PM2.5", "环比", "O₃", "优良/有效天", "优良率", "首要污染物"];
  const shares = [6, 8, 5, 14, 2, 4, 4, 14];
  const blocks = [{ ...table(shares, heads, cells), small: 0.85 }];
  const said = pagesOf(official({ blocks })).flatMap(({ marks }) =>
    marks.flatMap((mark) => (mark.kind === "text" ? [mark.text] : [])),
  );
  expect(said.join("")).toContain([...heads, ...cells].join(""));
  for (const whole of ["PM2.5", "31", "131", "6/7", "85.7%"]) expect(said).toContain(whole);
});

test("what is wider than its line goes on in the next one, whole or not", () => {
  for (const text of ["131", "85.7%", "PM2.5", "2020-06-30"]) {
    const lines = printLines(text, 12, 9);
    expect(lines.join("")).toBe(text);
    expect(lines.length).toBeGreaterThan(1);
  }
});
