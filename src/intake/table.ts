import { BUDGET, tooManyRows } from "./budget.ts";
import { readCsv } from "./csv.ts";
import type { FileRefusal } from "./refusal.ts";
import { hasText, type RawSheet } from "./sheet.ts";
import { isTableName, refusalOfSpreadsheet, SAVE_ANEW } from "./spreadsheet-name.ts";
import { readWorkbook } from "./workbook.ts";

/**
 * Reads a CSV (UTF-8, UTF-16 with a mark, GB18030; comma, tab or semicolon) or an .xlsx file into sheets of texts, as they
 * stand. Never throws on what is in the file: anything that can't be taken in is refused in Chinese, with what to do instead.
 */
export async function readTable(bytes: Uint8Array, fileName: string): Promise<RawSheet[] | FileRefusal> {
  if (bytes.length > BUDGET.megabytes * 1024 * 1024)
    return { refusal: `文件超过${BUDGET.megabytes}MB，请拆分后再发。` };
  if (bytes.length === 0) return { refusal: "文件是空的，请检查后再发。" };
  const kind = contentKind(bytes, fileName);
  if (typeof kind !== "string") return kind;

  const content = kind === "xlsx" ? await readWorkbook(bytes) : readCsv(bytes, BUDGET.rows + BESIDE);
  if ("refusal" in content) return content;
  if (!content.some(({ rows }) => rows.some(hasText))) return { refusal: "文件里没有内容，请检查后再发。" };
  const most = BUDGET.rows + BESIDE;
  if (content.reduce((sum, { rows }) => sum + rows.length, 0) <= most) return content;
  const rows = content.reduce((sum, sheet) => sum + sheet.rows.filter(hasText).length, 0);
  return rows > most ? tooManyRows : content;
}

/** A table has rows beside those of its data: a title, a unit line, heads, a note. */
const BESIDE = 40;

const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const PDF = [0x25, 0x50, 0x44, 0x46];

/** What the file is, by its name and its first bytes, which must agree. */
function contentKind(bytes: Uint8Array, fileName: string): "csv" | "xlsx" | FileRefusal {
  const starts = (magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte);
  const extension = /\.([^.]*)$/.exec(fileName.trim().toLowerCase())?.[1] ?? "";
  const refusal = refusalOfSpreadsheet(fileName);
  if (refusal !== null) return { refusal };
  if (starts(OLE))
    return { refusal: `这是旧版（.xls、.et）或加密的文件，不予读取。请取消密码；${SAVE_ANEW}。` };
  const isZip = starts(ZIP);
  if (extension === "xlsx")
    return isZip ? "xlsx" : { refusal: "文件名是.xlsx，内容却不是。请用表格软件重新另存为.xlsx后再发。" };
  if (!isTableName(fileName)) return { refusal: "只能读取CSV和.xlsx文件，请另存为其中一种后再发。" };
  if (isZip)
    return { refusal: "文件名是CSV，内容却是压缩文件。如果是Excel工作簿，请把扩展名改为.xlsx后再发。" };
  return starts(PDF) ? { refusal: "文件是PDF，不是表格。请导出为CSV或.xlsx后再发。" } : "csv";
}
