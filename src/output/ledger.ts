/** One issue as a row of the office's ledger; every cell is text, an empty one is missing. */
export type LedgerRow = Readonly<Record<(typeof LEDGER_COLUMNS)[number]["title"], string>>;

/** The columns of offices' ledgers. The import reads the same and leaves those aside that only the loop can fill. */
export const LEDGER_COLUMNS = [
  { title: "编号", width: 17 },
  { title: "来源", width: 11 },
  { title: "批次", width: 11 },
  { title: "县区", width: 11 },
  { title: "属地镇街", width: 12 },
  { title: "点位/企业", width: 20 },
  { title: "问题描述", width: 40 },
  { title: "类别", width: 13 },
  { title: "等级", width: 7 },
  { title: "责任单位", width: 22 },
  { title: "协办单位", width: 22 },
  { title: "交办时间", width: 17 },
  { title: "整改时限", width: 12 },
  { title: "状态", width: 19 },
  { title: "签收时间", width: 17 },
  { title: "整改措施", width: 40 },
  { title: "销号时间", width: 17 },
  { title: "照片", width: 24 },
] as const;

/**
 * The issue ledger as an .xlsx: one sheet, its first row the heads, frozen. Every cell is typed as text, so that nothing
 * that somebody wrote can become a formula (OWASP ASVS 1.2.10, CWE-1236).
 */
export async function ledgerWorkbook(rows: readonly LedgerRow[]): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/node");
  const head = LEDGER_COLUMNS.map(({ title }) => ({
    value: title,
    type: String,
    fontWeight: "bold" as const,
    backgroundColor: "#E8EEF4",
    borderStyle: "thin" as const,
  }));
  const cell = (value: string) => ({
    value: printable(value),
    type: String,
    wrap: true,
    alignVertical: "top" as const,
    borderStyle: "thin" as const,
  });
  const body = rows.map((row) => LEDGER_COLUMNS.map(({ title }) => cell(row[title])));
  const workbook = write([head, ...body], {
    sheet: "问题台账",
    columns: LEDGER_COLUMNS.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  });
  return new Uint8Array(await workbook.toBuffer());
}

/** XML 1.0 has no place for control characters; a spreadsheet that holds one can't be opened. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "").replace(/\p{Cs}/gu, "");
}
