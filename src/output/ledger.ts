import { workbook } from "./workbook.ts";

/** One issue as a row of the office's ledger; every cell is text, an empty one is missing. */
export type LedgerRow = Readonly<Record<(typeof LEDGER_COLUMNS)[number]["title"], string>>;

/**
 * The columns of offices' ledgers, behind the running number. The import reads all but those that only the loop can fill.
 * A `date` is one of YYYY-MM-DD, a `time` one of YYYY-MM-DD HH:MM.
 */
export const LEDGER_COLUMNS = [
  { title: "编号", width: 16 },
  { title: "来源", width: 10 },
  { title: "批次", width: 9 },
  { title: "县区", width: 10 },
  { title: "属地镇街", width: 9 },
  { title: "点位/企业", width: 16 },
  { title: "问题描述", width: 30 },
  { title: "类别", width: 10 },
  { title: "等级", width: 6 },
  { title: "责任单位", width: 16 },
  { title: "协办单位", width: 12 },
  { title: "整改要求", width: 16 },
  { title: "交办时间", width: 16, kind: "time" },
  { title: "整改时限", width: 11, kind: "date" },
  { title: "状态", width: 11 },
  { title: "签收时间", width: 16, kind: "time" },
  { title: "整改措施", width: 24 },
  { title: "销号时间", width: 16, kind: "time" },
  { title: "照片", width: 12 },
] as const satisfies readonly { title: string; width: number; kind?: "date" | "time" }[];

/**
 * The issue ledger as an .xlsx: one sheet with a title and frozen heads, which can be filtered, and printed in landscape; it
 * can be imported again.
 */
export const ledgerWorkbook = (
  rows: readonly LedgerRow[],
  title: string,
  marks: readonly string[],
): Promise<Uint8Array> =>
  workbook([
    {
      name: "问题台账",
      title: [title, ...marks].join("　"),
      columns: [{ title: "序号", width: 5, kind: { decimals: 0 } }, ...LEDGER_COLUMNS],
      rows: rows.map((row, index) => [index + 1, ...LEDGER_COLUMNS.map((column) => row[column.title])]),
      frozen: 2,
      // Twenty columns on A4 are too small to be read.
      paper: "A3",
    },
  ]);
