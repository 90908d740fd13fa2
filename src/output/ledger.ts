import type { SheetData } from "write-excel-file/node";

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
] as const satisfies readonly { title: string; width: number; kind?: Kind }[];
type Kind = "date" | "time";

const FORMATS: Readonly<Record<Kind, string>> = { date: "yyyy-mm-dd", time: "yyyy-mm-dd hh:mm" };
/** Points; a spreadsheet has no higher row than the last. */
const FONT_SIZE = 10;
const LINE = 13;
const HIGHEST = 409;
const SHEET = "问题台账";
/** The title stands above the heads, which are the second row. */
const HEAD = 2;
const LAST_COLUMN = "T";

/**
 * The issue ledger as an .xlsx: one sheet with a title and frozen heads, which can be filtered, and printed in landscape.
 * Dates are dates; every other cell is typed as text, so that nothing that somebody wrote can become a formula (OWASP ASVS
 * 1.2.10, CWE-1236).
 */
export async function ledgerWorkbook(
  rows: readonly LedgerRow[],
  title: string,
  marks: readonly string[],
): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/node");
  const { printedSheet } = await import("./printed-sheet.ts");
  const bordered = { borderStyle: "thin" as const, alignVertical: "top" as const };
  const head = ["序号", ...LEDGER_COLUMNS.map((column) => column.title)].map((value) => ({
    ...bordered,
    value,
    type: String,
    fontWeight: "bold" as const,
    backgroundColor: "#E8EEF4",
    align: "center" as const,
    alignVertical: "center" as const,
    height: 20,
  }));
  const cell = (text: string, kind?: Kind) => {
    const date = kind === undefined ? null : dateOf(text);
    if (date !== null && kind !== undefined)
      return { ...bordered, value: date, type: Date, format: FORMATS[kind], align: "center" as const };
    return { ...bordered, value: printable(text), type: String, wrap: true };
  };
  const body = rows.map((row, index) => [
    { ...bordered, value: index + 1, type: Number, align: "center" as const, height: heightOf(row) },
    ...LEDGER_COLUMNS.map((column) => cell(row[column.title], "kind" in column ? column.kind : undefined)),
  ]);
  const top = {
    value: printable([title, ...marks].join("　")),
    type: String,
    columnSpan: LEDGER_COLUMNS.length + 1,
    fontWeight: "bold" as const,
    fontSize: 16,
    height: 28,
    align: "center" as const,
    alignVertical: "center" as const,
  };
  const data: SheetData = [[top, ...LEDGER_COLUMNS.map(() => null)], head, ...body];
  const workbook = write(
    data,
    {
      sheet: SHEET,
      columns: [{ width: 5 }, ...LEDGER_COLUMNS.map(({ width }) => ({ width }))],
      stickyRowsCount: HEAD,
      stickyColumnsCount: 2,
      orientation: "landscape",
    },
    {
      fontSize: FONT_SIZE,
      features: [printedSheet({ sheet: SHEET, columns: LAST_COLUMN, head: HEAD, last: HEAD + rows.length })],
    },
  );
  return new Uint8Array(await workbook.toBuffer());
}

/** A row as high as its longest cell: not every program works that out when it opens a file. */
function heightOf(row: LedgerRow): number {
  const lines = LEDGER_COLUMNS.map(({ title, width }) =>
    row[title]
      .split("\n")
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / (width - 1))), 0),
  );
  return Math.min(HIGHEST, LINE * Math.max(...lines) + 2);
}

/** In halves of a Chinese character, as columns are measured. */
const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 2 : 1), 0);

/** A workbook's date has no zone: it is read as UTC. Null for an empty text. */
function dateOf(text: string): Date | null {
  if (text === "") return null;
  const [day = "", time = "00:00"] = text.split(" ");
  return new Date(`${day}T${time}Z`);
}

/** XML 1.0 has no place for control characters; a spreadsheet that holds one can't be opened. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "").replace(/\p{Cs}/gu, "");
}
