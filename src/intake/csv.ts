import { BUDGET, CellBudget, tooManyColumns, tooManyRows } from "./budget.ts";
import type { FileRefusal } from "./refusal.ts";
import type { RawSheet } from "./sheet.ts";

/** Lines that are looked at to tell the separator, so that a title above the heads doesn't mislead. */
const SAMPLE_LINES = 10;
const SEPARATORS = [",", "\t", ";"] as const;

/**
 * The records of a CSV text as one sheet, as they stand, blank ones included, so that a record's place is its row number.
 * The bytes are UTF-8 with or without BOM, UTF-16 with one (Excel's Unicode 文本), or GB18030 when they are no valid UTF-8. The separator is the comma, tab or
 * semicolon that the first lines have most of. Stops at the first cell, column or row beyond {@link BUDGET}; `maxRows`
 * counts blank records too.
 */
export function readCsv(bytes: Uint8Array, maxRows: number): RawSheet[] | FileRefusal {
  const text = decodeText(bytes);
  if (text?.includes("\0"))
    return { refusal: "文件不是CSV文本。请在表格软件中另存为“CSV UTF-8”或.xlsx后再发。" };
  if (text === null) return { refusal: "文件的文字编码无法识别。请另存为“CSV UTF-8”或.xlsx后再发。" };
  if (/^\s*</.test(text.slice(0, 200)))
    return { refusal: "文件是网页或XML，不是表格。请另存为CSV或.xlsx后再发。" };
  const rows = readRecords(text, separatorOf(text), maxRows);
  return "refusal" in rows ? rows : [{ name: null, rows }];
}

function separatorOf(text: string): string {
  const sample = text.split(/\r\n?|\n/, SAMPLE_LINES).map((line) => line.slice(0, SAMPLE_LENGTH));
  const most = (sign: string) => Math.max(...sample.map((line) => line.split(sign).length));
  return SEPARATORS.reduce((best, sign) => (most(sign) > most(best) ? sign : best));
}

/** No line of a table within the budget has all its separators further on. */
const SAMPLE_LENGTH = 2 * BUDGET.characters;

/**
 * Reads the records of RFC 4180, with blanks between a closing quote and what follows it. A quote within a cell that doesn't
 * begin with one is a sign like any other. No text is passed twice: a line is split no further than a table may be wide, and
 * a quote that nothing closes isn't looked for beyond the length that a cell may have.
 */
function readRecords(text: string, separator: string, maxRows: number): string[][] | FileRefusal {
  const budget = new CellBudget();
  const lineEnd = text.includes("\n") ? "\n" : "\r";
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf(lineEnd, at);
    const line = text.slice(at, end < 0 ? text.length : end);
    const record = line.includes('"') ? quotedRecord(text, at, separator, lineEnd) : null;
    const row = record?.row ?? line.replace(/\r$/, "").split(separator, BUDGET.columns + 1);
    if (record?.row === null)
      return {
        refusal: `第${rows.length + 1}行的引号不成对，或一格超过${BUDGET.characters}字，请改正后再发。`,
      };
    if (row.length > BUDGET.columns) return tooManyColumns;
    const over = budget.take(row, null, rows.push(row));
    if (over !== null) return over;
    if (rows.length > maxRows) return tooManyRows;
    at = record?.next ?? at + line.length + 1;
  }
  return rows;
}

/** A record with quotes, which may reach over several lines, and where the next one begins. Null for quotes that don't pair. */
function quotedRecord(text: string, from: number, separator: string, lineEnd: string) {
  const cellEnd = new RegExp(`[${separator}${lineEnd}]`, "g");
  const row: string[] = [];
  let at = from;
  while (row.length <= BUDGET.columns) {
    const cell = text[at] === '"' ? quotedCell(text, at + 1, lineEnd) : plainCell(text, at, cellEnd);
    if (cell === null) return { row: null, next: at };
    row.push(cell.text);
    at = cell.next + 1;
    if (cell.next >= text.length || text[cell.next] === lineEnd) break;
    if (text[cell.next] !== separator) return { row: null, next: at };
  }
  return { row, next: at };
}

type Cell = { text: string; next: number };

function plainCell(text: string, from: number, end: RegExp): Cell {
  end.lastIndex = from;
  const next = end.exec(text)?.index ?? text.length;
  return { text: text.slice(from, next).replace(/\r$/, ""), next };
}

/** The cell behind an opening quote; null where nothing closes it within the length that a cell may have. */
function quotedCell(text: string, from: number, lineEnd: string): Cell | null {
  const last = from + 2 * BUDGET.characters;
  let close = text.indexOf('"', from);
  while (close >= 0 && close <= last && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0 || close > last) return null;
  let next = close + 1;
  while (text[next] === " " || (text[next] === "\r" && lineEnd === "\n")) next += 1;
  return { text: text.slice(from, close).replaceAll('""', '"').replace(/\r\n?/g, "\n"), next };
}

/** Null when the bytes are text in none of the encodings. A mark at their beginning says which it is. */
export function decodeText(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : null;
  for (const encoding of marked === null ? ["utf-8", "gb18030"] : [marked])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {}
  return null;
}
