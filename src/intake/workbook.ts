import readXlsx from "read-excel-file/universal";
import type { FileRefusal } from "./refusal.ts";
import type { RawSheet } from "./sheet.ts";
import { storedZip, unzip } from "./zip.ts";

/** What a workbook may not hold: macros, embedded programs, links to other files and data sources. Looked for by the entry's name. */
const FORBIDDEN: readonly [RegExp, string][] = [
  [/vbaproject|\/macrosheets\/|vbadata/i, "含有宏"],
  [/\/(embeddings|activex|ctrlprops)\//i, "含有嵌入对象或控件"],
  [/\/externallinks\/|\/connections\.xml$|\/querytables\//i, "含有外部链接或数据连接"],
];

/** The used area of all sheets together, in cells: far above 200,000 rows of any table of ours, and some 30 MB at most. */
const MAX_AREA = 4_000_000;
/** Excel's own last row; formats reach down to it in ordinary files. */
const LAST_ROW = 1_048_576;

/**
 * The sheets of an .xlsx file, dates as YYYY-MM-DD (with HH:MM when there is a time), numbers as plain decimals of at most
 * 15 digits (what Excel shows: it stores 0.8 as 0.80000000000000004).
 * Refuses macros, embedded objects, external links, zip bombs and sheets whose used area is too large.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<RawSheet[] | FileRefusal> {
  const archive = await unzip(bytes, (name) => name.endsWith(".xml") || name.endsWith(".rels"));
  if ("refusal" in archive) return archive;
  for (const [pattern, what] of FORBIDDEN) {
    if (archive.names.some((name) => pattern.test(`/${name}`))) return forbidden(what);
  }
  if (archive.contents.get("[Content_Types].xml")?.includes("macroEnabled")) return forbidden("含有宏");
  const area = usedArea(archive.contents.values());
  if (area === null) return unreadable("单元格地址不合规范");
  if (area > MAX_AREA) return { refusal: "表格的使用范围过大，请删除多余的空行、空列后另存，或改用CSV。" };
  try {
    const sheets = await readXlsx(storedZip(archive.contents).buffer);
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }));
  } catch (error) {
    return unreadable(placeOf(error));
  }
}

function forbidden(what: string): FileRefusal {
  return { refusal: `文件${what}，为安全起见不予读取。请把数据复制到新的工作簿，另存为.xlsx或CSV后再发。` };
}

function unreadable(why: string | null): FileRefusal {
  return {
    refusal: `表格无法读取${why === null ? "" : `（${why}）`}。请用表格软件重新另存为.xlsx或CSV后再发。`,
  };
}

/**
 * Rows × columns that the reader will lay out, summed over the sheets; null when a cell's address is malformed.
 * The reader fills every gap with empty cells, so that one cell at ZZZZ99999999 would take all memory. Attributes can't
 * hold “<”, hence everything up to the next one is looked at.
 */
function usedArea(contents: Iterable<Buffer>): number | null {
  let area = 0;
  for (const content of contents) {
    let rows = 0;
    let columns = 0;
    for (const [, tag, rest = ""] of content.toString("latin1").matchAll(/<(?:[\w.-]+:)?(row|c)\s([^<]*)/g)) {
      for (const [, , address = ""] of rest.matchAll(/\br\s*=\s*(["'])(.*?)\1/g)) {
        const found = /^([A-Z]{0,3})(\d{1,7})$/.exec(address);
        const row = Number(found?.[2]);
        if (found === null || row > LAST_ROW) return null;
        if (tag === "row" || rest.endsWith("/>")) continue;
        rows = Math.max(rows, row);
        columns = Math.max(columns, columnNumber(found[1] ?? ""));
      }
    }
    area += rows * columns;
  }
  return area;
}

/** A is 1, Z 26, AA 27. */
function columnNumber(letters: string): number {
  let n = 0;
  for (const letter of letters) n = n * 26 + letter.charCodeAt(0) - 64;
  return n;
}

function cellText(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(15)));
  if (value instanceof Date) return dateText(value);
  return value === null || value === undefined ? "" : String(value);
}

/** A workbook's date has no zone; the reader gives it as UTC, a fraction of a second off. */
function dateText(date: Date): string {
  const at = new Date(Math.round(date.getTime() / 1000) * 1000);
  if (Number.isNaN(at.getTime())) return "";
  const [day = "", time = ""] = at.toISOString().split("T");
  return time.startsWith("00:00:00") ? day : `${day} ${time.slice(0, 5)}`;
}

function placeOf(error: unknown): string | null {
  const found = error instanceof Error ? /row (\d+), col (\d+)/.exec(error.message) : null;
  return found && `第${found[1]}行第${found[2]}列的单元格有误`;
}
