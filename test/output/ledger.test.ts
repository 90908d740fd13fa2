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

test("the first row are the heads, frozen, and cells come back as they were", async () => {
  const bytes = await ledgerWorkbook([
    rowOf({ 编号: "NT-2020-000001", 问题描述: "工地裸土未覆盖\n出入口未冲洗", 整改时限: "2020-06-28" }),
  ]);
  const [head, first] = await readBack(bytes);
  expect(head).toEqual(heads);
  expect(first?.[heads.indexOf("问题描述")]).toBe("工地裸土未覆盖\n出入口未冲洗");
  // A date stays the text that it was: no program turns it into another.
  expect(first?.[heads.indexOf("整改时限")]).toBe("2020-06-28");
  expect(first?.[heads.indexOf("批次")]).toBeNull();
  expect(strFromU8(unzipSync(bytes)["xl/worksheets/sheet1.xml"] as Uint8Array)).toContain('state="frozen"');
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
  const bytes = await ledgerWorkbook([rowOf({ 问题描述: nasty })]);
  const sheet = strFromU8(unzipSync(bytes)["xl/worksheets/sheet1.xml"] as Uint8Array);
  expect(sheet).not.toMatch(/<f[\s>]/);
  const shown = (await readBack(bytes))[1]?.[heads.indexOf("问题描述")];
  expect(String(shown).trim()).toBe(nasty.trim());
});

test("control characters, which no spreadsheet can hold, are left out", async () => {
  const bytes = await ledgerWorkbook([rowOf({ 问题描述: "裸\u0000土\u0007未\ud800覆盖" })]);
  expect((await readBack(bytes))[1]?.[heads.indexOf("问题描述")]).toBe("裸土未覆盖");
});
