import Papa from "papaparse";
import type { FileRefusal } from "./refusal.ts";
import type { RawSheet } from "./sheet.ts";

const MAX_COLUMNS = 200;
/** Lines that are looked at to tell the separator, so that a title above the heads doesn't mislead. */
const SAMPLE_LINES = 10;
const SEPARATORS = [",", "\t", ";"] as const;

/**
 * The records of a CSV text as one sheet, as they stand, blank ones included, so that a record's place is its row number.
 * The bytes are UTF-8 with or without BOM, or GB18030 when they are no valid UTF-8. The separator is the comma, tab or
 * semicolon that the first lines have most of. Reads one record more than `maxRows`, so that the caller sees the excess.
 */
export function readCsv(bytes: Uint8Array, maxRows: number): RawSheet[] | FileRefusal {
  if (bytes.includes(0))
    return { refusal: "文件不是CSV文本。请在表格软件中另存为“CSV UTF-8”或.xlsx后再发。" };
  const decoded = decode(bytes);
  if (decoded === null) return { refusal: "文件的文字编码无法识别。请另存为“CSV UTF-8”或.xlsx后再发。" };
  const text = decoded.includes("\r") ? decoded.replace(/\r\n?/g, "\n") : decoded;
  if (/^\s*</.test(text.slice(0, 200)))
    return { refusal: "文件是网页或XML，不是表格。请另存为CSV或.xlsx后再发。" };

  const sample = text.split("\n", SAMPLE_LINES);
  const separators = SEPARATORS.map((sign) => ({
    sign,
    most: Math.max(...sample.map((line) => line.split(sign).length - 1)),
  }));
  const { sign, most } = separators.reduce((best, one) => (one.most > best.most ? one : best));
  if (most > MAX_COLUMNS) return { refusal: `列数超过${MAX_COLUMNS}列，请只保留需要的列。` };

  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter: sign,
    newline: "\n",
    preview: maxRows + 1,
  });
  const quote = errors.find((error) => error.type === "Quotes");
  if (quote !== undefined) return { refusal: `第${(quote.row ?? 0) + 1}行的引号不成对，请改正后再发。` };
  return [{ name: null, rows: data }];
}

/** Null when the bytes are text in neither encoding. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    try {
      return new TextDecoder("gb18030", { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  }
}
