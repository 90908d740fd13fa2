import { plainWorkbook } from "./plain-workbook.ts";

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

/** The issue ledger as an .xlsx. */
export const ledgerWorkbook = (rows: readonly LedgerRow[]): Promise<Uint8Array> =>
  plainWorkbook("问题台账", LEDGER_COLUMNS, rows);
