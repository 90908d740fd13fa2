import type { Sheet as XlsxSheet } from "read-excel-file/universal";
import { BUDGET, CellBudget, tooManyColumns } from "./budget.ts";
import { type FileRefusal, quoted } from "./refusal.ts";
import type { RawSheet } from "./sheet.ts";
import { directoryOf, marksOf } from "./workbook-marks.ts";
import { faultOfParts, unreadable } from "./workbook-parts.ts";
import { storedZip, unzip } from "./zip.ts";

/** What a workbook may not hold: macros, embedded programs, links to other files and data sources. Looked for by the entry's name. */
const FORBIDDEN: readonly [RegExp, string][] = [
  [/vbaproject|\/macrosheets\/|vbadata/i, "含有宏"],
  [/\/(embeddings|activex|ctrlprops)\//i, "含有嵌入对象或控件"],
  [/\/externallinks\/|\/connections\.xml$|\/querytables\//i, "含有外部链接或数据连接"],
];

/** What of a workbook is read: its directory, styles, shared texts and sheets, but no drawings, charts or links. */
const READ = /^(\[Content_Types\]\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/(worksheets\/)?[^/]+\.xml)$/;

/**
 * The sheets of an .xlsx file, dates as YYYY-MM-DD (with HH:MM when there is a time), numbers as plain decimals of at most
 * 15 digits (what Excel shows: it stores 0.8 as 0.80000000000000004).
 * Refuses macros, embedded objects, external links, zip bombs, sheets whose used area is too large, and what is beyond
 * {@link BUDGET}.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<RawSheet[] | FileRefusal> {
  const archive = await unzip(bytes, (name) => READ.test(name));
  if ("refusal" in archive) return archive;
  for (const [pattern, what] of FORBIDDEN) {
    if (archive.names.some((name) => pattern.test(`/${name}`))) return forbidden(what);
  }
  if (archive.contents.get("[Content_Types].xml")?.includes("macroEnabled")) return forbidden("含有宏");
  const fault = faultOfParts(archive.contents.values());
  if (fault !== null) return fault;
  const { default: readXlsx } = await import("read-excel-file/universal");
  let sheets: XlsxSheet[];
  try {
    // Untrimmed: a text that many cells share would be gone through for each of them.
    sheets = await readXlsx(storedZip(archive.contents).buffer, { trim: false });
  } catch (error) {
    return unreadable(placeOf(error));
  }
  return textsOf(sheets, (part) => archive.contents.get(part)?.toString() ?? "");
}

/**
 * The sheets' cells as texts, with what the workbook says beside them. Nothing is done with a text before it is known to be
 * within the budget.
 */
function textsOf(sheets: readonly XlsxSheet[], xmlOf: (part: string) => string): RawSheet[] | FileRefusal {
  const budget = new CellBudget();
  const directory = directoryOf(xmlOf("xl/workbook.xml"), xmlOf("xl/_rels/workbook.xml.rels"));
  const read: RawSheet[] = [];
  for (const [at, { sheet, data }] of sheets.entries()) {
    const name = quoted(sheet);
    const { part = "", hidden = false } = directory.sheets[at] ?? {};
    const { said, ...marks } = marksOf(xmlOf(part));
    const rows: string[][] = [];
    for (const row of data) {
      if (row.length > BUDGET.columns) return tooManyColumns;
      const texts = row.map(cellText);
      const over = budget.take(texts, name, rows.length + 1);
      if (over !== null) return over;
      rows.push(texts.map((text) => text.trim()));
    }
    const over = budget.take(
      said.map(({ text }) => text),
      name,
      rows.length,
    );
    if (over !== null) return over;
    for (const { row, column, text } of said) setCell(rows, row, column, text);
    read.push({ name, rows, hidden, epoch: directory.epoch, ...marks });
  }
  return read;
}

/** Puts down what the library leaves empty; beyond the last cell that has a text it counts for nothing else. */
function setCell(rows: string[][], row: number, column: number, text: string): void {
  if (row >= BUDGET.rows || column >= BUDGET.columns) return;
  while (rows.length <= row) rows.push([]);
  const cells = rows[row] as string[];
  while (cells.length < column) cells.push("");
  cells[column] = text;
}

function forbidden(what: string): FileRefusal {
  return { refusal: `文件${what}，为安全起见不予读取。请把数据复制到新的工作簿，另存为.xlsx或CSV后再发。` };
}

function cellText(value: unknown): string {
  if (typeof value === "number")
    return String(Number.isSafeInteger(value) ? value : Number(value.toPrecision(15)));
  if (value instanceof Date) return dateText(value);
  return value === null || value === undefined ? "" : String(value);
}

/** A workbook's date has no zone; the reader gives it as UTC, a fraction of a second off, which carries it into no other day. */
function dateText(date: Date): string {
  const exact = date.getTime();
  const rounded = Math.round(exact / 1000) * 1000;
  const carried = Math.floor(rounded / DAY_MS) > Math.floor(exact / DAY_MS);
  const at = new Date(carried ? rounded - 1000 : rounded);
  if (Number.isNaN(at.getTime())) return "";
  const [day = "", time = ""] = at.toISOString().split("T");
  return time.startsWith("00:00:00") ? day : `${day} ${time.slice(0, 5)}`;
}

const DAY_MS = 24 * 60 * 60 * 1000;

function placeOf(error: unknown): string | null {
  const found = error instanceof Error ? /row (\d+), col (\d+)/.exec(error.message) : null;
  return found && `第${found[1]}行第${found[2]}列的单元格有误`;
}
