import type { FileRefusal } from "./refusal.ts";

/** The used area of all sheets together, in cells and rows: far above 200,000 rows of any table of ours, some 30 MB at most. */
const MAX_AREA = 4_000_000;
/** Excel's own last row; formats reach down to it in ordinary files. */
const LAST_ROW = 1_048_576;
/** Bytes from one “<” to the next: a cell's longest text of 32,767 characters, in three bytes each and some escaped. */
const LONGEST_PIECE = 131_072;
/** What Excel allows of a format, and more than it allows of formats and anybody has of sheets. */
const LONGEST_FORMAT = 255;
const MOST = { numFmt: 1000, sheet: 200, Relationship: 2000 } as const;

/** Whatever begins with “<” ends before the next one: XML has none in a tag, and spreadsheets write none into a comment. */
const WITHOUT_ATTRIBUTES = /<(?:\/?[\w:.-]+\s*\/?|!--[^<]*?--|!\[CDATA\[[^<]*?\]\]|\?[^<]*?\?)>/y;
const TAG = /<(?:[\w.-]*:)?([\w:.-]+)(?=\s)/y;
const ATTRIBUTE = /\s+(?:(?!xmlns:)[\w.-]*:)?([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;

/**
 * Why a workbook isn't handed to its reader; null when it may be. The reader lays out every row and column up to the last
 * (one cell at ZZZZ99999999 would take all memory), holds markup that goes on and on, and takes time by the square of a
 * format's length and of the number of sheets.
 */
export function faultOfParts(contents: Iterable<Buffer>): FileRefusal | null {
  const counted = { numFmt: 0, sheet: 0, Relationship: 0 };
  let area = 0;
  for (const content of contents) {
    const used = { last: 0, rows: 0, columns: 0 };
    const text = content.toString("latin1");
    for (let at = text.indexOf("<"), next = 0; at >= 0; at = next) {
      next = text.indexOf("<", at + 1);
      const end = next < 0 ? text.length : next;
      if (end - at > LONGEST_PIECE) return malformed;
      WITHOUT_ATTRIBUTES.lastIndex = at;
      if (WITHOUT_ATTRIBUTES.test(text)) continue;
      const tag = tagAt(text, at);
      if (tag === null) return malformed;
      const { name, attributes, empty } = tag;
      if (name === "row" || name === "c") {
        for (const [attribute, value] of attributes)
          if (attribute === "r" && !lay(value, name === "c" && !empty, used))
            return unreadable("单元格地址不合规范");
      } else if (name === "numFmt" || name === "sheet" || name === "Relationship") {
        counted[name] += 1;
        if (counted[name] > MOST[name]) return unreadable("工作表或单元格格式过多");
        if (
          attributes.some(([attribute, value]) => attribute === "formatCode" && value.length > LONGEST_FORMAT)
        )
          return unreadable("单元格格式不合规范");
      }
    }
    area += used.last + used.rows * used.columns;
    if (area > MAX_AREA) return { refusal: "表格的使用范围过大，请删除多余的空行、空列后另存，或改用CSV。" };
  }
  return null;
}

export function unreadable(why: string | null): FileRefusal {
  return {
    refusal: `表格无法读取${why === null ? "" : `（${why}）`}。请用表格软件重新另存为.xlsx或CSV后再发。`,
  };
}

const malformed = unreadable("格式不合规范");

/** A tag with its attributes, names without their prefixes; null where it isn't well-formed. */
function tagAt(text: string, from: number) {
  const found = matchAt(TAG, text, from);
  if (found === null) return null;
  const attributes: [name: string, value: string][] = [];
  let at = from + found[0].length;
  for (let one = matchAt(ATTRIBUTE, text, at); one !== null; one = matchAt(ATTRIBUTE, text, at)) {
    attributes.push([one[1] ?? "", one[2] ?? one[3] ?? ""]);
    at += one[0].length;
  }
  const end = matchAt(TAG_END, text, at);
  return end && { name: found[1], attributes, empty: end[1] === "/" };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Takes an address into account; an empty cell or a row without any is laid out as a row only. False for a malformed one. */
function lay(
  address: string,
  filled: boolean,
  used: { last: number; rows: number; columns: number },
): boolean {
  const found = /^([A-Z]{0,3})(\d{1,7})$/.exec(address);
  const row = Number(found?.[2]);
  if (found === null || row > LAST_ROW) return false;
  used.last = Math.max(used.last, row);
  if (!filled) return true;
  used.rows = Math.max(used.rows, row);
  used.columns = Math.max(used.columns, columnNumber(found[1] ?? ""));
  return true;
}

/** A is 1, Z 26, AA 27. */
function columnNumber(letters: string): number {
  let n = 0;
  for (const letter of letters) n = n * 26 + letter.charCodeAt(0) - 64;
  return n;
}
