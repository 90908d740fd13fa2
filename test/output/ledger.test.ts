import { strFromU8, unzipSync } from "fflate";
import readXlsx from "read-excel-file/node";
import { expect, test } from "vitest";
import { LEDGER_COLUMNS, type LedgerRow, ledgerWorkbook } from "../../src/output/ledger.ts";

const heads = LEDGER_COLUMNS.map(({ title }) => title);
const rowOf = (over: Partial<LedgerRow>): LedgerRow =>
  ({ ...Object.fromEntries(heads.map((head) => [head, ""])), ...over }) as LedgerRow;
const readBack = async (bytes: Uint8Array) => {
  const sheets = (await readXlsx(Buffer.from(bytes))) as unknown as { data: unknown[][] }[];
  return (sheets[0]?.data ?? []) as unknown[][];
};

const TITLE = "南通市大气污染防治问题台账";
const part = (bytes: Uint8Array, name: string) => strFromU8(unzipSync(bytes)[name] as Uint8Array);

test("a title, the heads and numbered rows, whose texts are texts and whose dates are dates", async () => {
  const bytes = await ledgerWorkbook(
    [
      rowOf({
        编号: "NT-2020-000001",
        问题描述: "工地裸土未覆盖\n出入口未冲洗",
        整改时限: "2020-06-28",
        交办时间: "2020-06-12 09:30",
      }),
      rowOf({ 编号: "NT-2020-000002" }),
    ],
    TITLE,
    [],
  );
  const [title, head, first, second] = await readBack(bytes);
  expect(title).toEqual([TITLE, ...heads.map(() => null)]);
  expect(head).toEqual(["序号", ...heads]);
  const of = (column: (typeof heads)[number]) => first?.[heads.indexOf(column) + 1];
  expect(of("问题描述")).toBe("工地裸土未覆盖\n出入口未冲洗");
  expect(of("整改时限")).toEqual(new Date("2020-06-28T00:00Z"));
  // A workbook counts days: a minute of them is off by less than a second.
  const off = Number(of("交办时间")) - Date.parse("2020-06-12T09:30Z");
  expect(Math.abs(off)).toBeLessThan(1000);
  expect(of("批次")).toBeNull();
  expect([first?.[0], second?.[0]]).toEqual([1, 2]);
});

test("it can be filtered, its heads stay, and it is printed in landscape on one page's width with the heads on each", async () => {
  const bytes = await ledgerWorkbook([rowOf({}), rowOf({})], TITLE, []);
  const sheet = part(bytes, "xl/worksheets/sheet1.xml");
  expect(sheet).toMatch(/<pane [^>]*ySplit="2"[^>]*state="frozen"/);
  expect(sheet).toContain('<autoFilter ref="A2:T4"/>');
  expect(sheet).toMatch(/<pageSetup [^>]*orientation="landscape"/);
  expect(sheet).toMatch(/<pageSetup [^>]*fitToWidth="1"[^>]*fitToHeight="0"/);
  // Spreadsheets call a file damaged whose parts stand in another order.
  const order = [
    "<sheetPr>",
    "<sheetViews>",
    "<cols>",
    "<sheetData>",
    "<autoFilter",
    "<mergeCells",
    "<pageMargins",
    "<pageSetup",
    "<headerFooter>",
  ];
  const places = order.map((tag) => sheet.indexOf(tag));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  const workbook = part(bytes, "xl/workbook.xml");
  expect(workbook).toContain("'问题台账'!$1:$2");
  expect(workbook.match(/<definedNames/g)).toHaveLength(1);
});

test.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "＝1+1",
  "＋1",
  "－1",
  "＠x",
  '=HYPERLINK("http://x","点此")',
  "=cmd|'/c calc'!A1",
])("%j stays text", async (nasty) => {
  const bytes = await ledgerWorkbook([rowOf({ 问题描述: nasty })], nasty, []);
  expect(part(bytes, "xl/worksheets/sheet1.xml")).not.toMatch(/<f[\s>]/);
  const shown = (await readBack(bytes))[2]?.[heads.indexOf("问题描述") + 1];
  expect(String(shown).trim()).toBe(nasty.trim());
});

test("control characters, which no spreadsheet can hold, are left out", async () => {
  const bytes = await ledgerWorkbook([rowOf({ 问题描述: "裸\u0000土\u0007未\ud800覆盖" })], TITLE, []);
  expect((await readBack(bytes))[2]?.[heads.indexOf("问题描述") + 1]).toBe("裸土未覆盖");
});
