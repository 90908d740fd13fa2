import { afterAll, beforeAll, expect, test } from "vitest";
import { importFile } from "../../src/incoming/import-file.ts";
import { monthTold } from "../../src/incoming/told.ts";
import { workbook } from "../intake/xlsx-builder.ts";
import { faultsOf, importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-16T08:00" });
});
afterAll(() => office.close());

test("a laboratory's table of one month says the month in its title", async () => {
  const result = await importText(office, [
    "2020年5月降尘监测结果",
    "县（市、区）,点位名称,降尘量（吨/平方公里·30天）",
    "海安市,体育馆,4.51",
  ]);
  expect(faultsOf(result)).toEqual([]);
  expect(result).toMatchObject({ kind: "dustfall", rows: 1 });
  expect(result.read?.lines.join()).toContain("月份取自标题、表名或分组：2020-05");
});

test("so does the province's notice of ranks", async () => {
  const heads = "位次,县（市、区）,PM2.5浓度（μg/m³）,总数";
  const result = await importText(office, ["2020年5月全省县（市、区）PM2.5排名", heads, "40,海安市,35,54"]);
  expect(faultsOf(result)).toEqual([]);
  expect(result).toMatchObject({ kind: "provincial-rank", rows: 1 });
});

test.each([
  "2020年1—5月",
  "2020年1月至5月",
  "2020年4月-2020年5月",
  "2020年5月累计",
  "2020年5月3日",
  "5月",
  "2020年13月",
])("%s is not one month that a table could be of", (title) => {
  expect(monthTold().within(`${title}降尘监测结果`)).toEqual([]);
});

test("a summary beside the days, which would be a table of another kind, is left out and said", async () => {
  const days = [
    ["日期", "县区", "PM2.5", "PM10", "SO2", "NO2", "CO", "O3_8h"],
    ["2020-06-13", "海安", 31, 58, 9, 25, 0.8, 142],
  ];
  const summary = [
    ["县区", "PM2.5"],
    ["海安", 31],
  ];
  const sent = (sheets: Record<string, (string | number)[][]>) =>
    importFile(office.bot, { name: "日报.xlsx", bytes: workbook(sheets) }, { person: null, partial: false });
  const result = await sent({ 日报: days, 汇总: summary });
  expect(result).toMatchObject({ kind: "daily-air", rows: 1 });
  expect(result.read?.lines).toContain("略过：表“汇总”（不是可以导入的表）");
  // A further sheet of days that lacks a column still keeps the file out.
  const lacking = days.map((row) => row.slice(0, 7));
  expect(await sent({ 日报: days, 如皋: lacking })).toMatchObject({ code: "import-rejected" });
});
