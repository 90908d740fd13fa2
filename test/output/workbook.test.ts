import { strFromU8, unzipSync } from "fflate";
import readXlsx from "read-excel-file/node";
import { expect, onTestFinished, test, vi } from "vitest";
import { sheetNames } from "../../src/output/spreadsheet.ts";
import { type WorkbookSheet, workbook } from "../../src/output/workbook.ts";

const readBack = async (bytes: Uint8Array) =>
  (await readXlsx(Buffer.from(bytes))) as unknown as readonly { sheet: string; data: unknown[][] }[];
const part = (bytes: Uint8Array, name: string) => strFromU8(unzipSync(bytes)[name] as Uint8Array);
const ranking = (over: Partial<WorkbookSheet> = {}): WorkbookSheet => ({
  name: "排名",
  title: "各县（市、区）排名",
  lines: ["填报单位：市办　2020年6月"],
  columns: [
    { title: "县区" },
    { title: "PM2.5", kind: { decimals: 1 } },
    { title: "优良率", kind: { decimals: 1, percent: true } },
    { title: "日期", kind: "date" },
    { title: "时间", kind: "time" },
  ],
  rows: [
    ["海安", 36, "82.5", "2020-06-05", "2020-06-05 09:30"],
    ["如皋", "35.5", "—", "", "未定"],
  ],
  notes: ["未经审核"],
  ...over,
});

test("figures are numbers with their decimals, days are dates, and what is neither stays text", async () => {
  const bytes = await workbook([ranking()]);
  const [{ data = [] } = {}] = await readBack(bytes);
  expect(data[3]?.slice(0, 4)).toEqual(["海安", 36, 0.825, new Date("2020-06-05T00:00Z")]);
  expect(Math.abs(Number(data[3]?.[4]) - Date.parse("2020-06-05T09:30Z"))).toBeLessThan(1000);
  expect(data[4]).toEqual(["如皋", 35.5, "—", null, "未定"]);
  expect(part(bytes, "xl/styles.xml")).toMatch(/formatCode="0\.0%"/);
});

test("title and lines stand above the heads, notes and marks below; marks also at the head of each printed page", async () => {
  const bytes = await workbook([ranking()], ["演示数据 & 待签发"]);
  const [{ data = [] } = {}] = await readBack(bytes);
  const first = data.map((row) => row[0]);
  expect(first).toEqual([
    "各县（市、区）排名",
    "填报单位：市办　2020年6月",
    "县区",
    "海安",
    "如皋",
    null,
    "注：未经审核",
    "注：演示数据 & 待签发",
  ]);
  const sheet = part(bytes, "xl/worksheets/sheet1.xml");
  expect(sheet).toContain("<oddHeader>&amp;C&amp;KC00000演示数据 &amp;&amp; 待签发</oddHeader>");
  expect(sheet).toContain("第&amp;P页，共&amp;N页");
});

test("each sheet keeps its heads in sight and on each page, one page wide; a wide one is printed across", async () => {
  const wide = Array.from({ length: 30 }, (_, i) => ({ title: `列${i + 1}` }));
  const other = { name: "明细", columns: wide, rows: [wide.map(() => "1")], frozen: 1 };
  const bytes = await workbook([ranking(), other]);
  const [narrow, across] = [1, 2].map((n) => part(bytes, `xl/worksheets/sheet${n}.xml`));
  expect(narrow).toMatch(/<pane [^>]*ySplit="3"[^>]*state="frozen"/);
  expect(narrow).toContain('<autoFilter ref="A3:E5"/>');
  expect(narrow).not.toContain('orientation="landscape"');
  expect(across).toMatch(/<pane [^>]*xSplit="1"/);
  expect(across).toContain('<autoFilter ref="A1:AD2"/>');
  for (const sheet of [narrow, across])
    expect(sheet).toMatch(/<pageSetup [^>]*paperSize="9"[^>]*fitToWidth="1"[^>]*fitToHeight="0"/);
  expect(across).toMatch(/<pageSetup [^>]*orientation="landscape"/);
  const book = part(bytes, "xl/workbook.xml");
  expect(book).toContain("localSheetId=\"0\">'排名'!$1:$3</definedName>");
  expect(book).toContain("localSheetId=\"1\">'明细'!$1:$1</definedName>");
});

test("sheets have names that a workbook may have, each another", () => {
  expect(sheetNames(["a/b:c", "海安", "海安", "", "长".repeat(40)])).toEqual([
    "a_b_c",
    "海安",
    "海安（2）",
    "表4",
    "长".repeat(31),
  ]);
});

test("the same sheets give the same bytes on another day", async () => {
  const first = await workbook([ranking()]);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_400_000 });
  onTestFinished(() => void vi.useRealTimers());
  expect(await workbook([ranking()])).toEqual(first);
});
