import { daysInMonth } from "../domain/air/calendar-days.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { Read } from "../domain/reading.ts";

/** Longer than any number or date with all its signs: what is longer isn't looked into. */
const LONGEST = 40;

/** Empty, and the signs that offices write for “no value”. */
export function isMissing(text: string): boolean {
  if (text === "") return true;
  // Nearly all cells begin with a digit, a letter or a Chinese character, and are asked after once each.
  const first = text.charCodeAt(0);
  if ((first >= 0x30 && first <= 0x7a) || (first >= 0x4e00 && first <= 0x9fff)) return false;
  return /^[-—–－/／]*$/.test(cleaned(text));
}

/** One line of plain text: what a sheet of old or a careless program left in a cell never reaches a chat. */
export function cleaned(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "")
    .trim();
}

/**
 * A date as files have it: 2020-05-04, 2020/5/4, 2020.5.4, 20200504, 2020年5月4日; a time of 00:00 that a spreadsheet added
 * is left off. Refuses what is no calendar date, a time of day, and the bare number that a badly formatted date becomes.
 */
export function readDate(text: string): Read<IsoDate> {
  const folded = foldedIfShort(text);
  const found = DATE.exec(folded) ?? COMPACT_DATE.exec(folded);
  if (found === null) {
    if (/^\d{5}(\.\d+)?$/.test(folded))
      return { reason: "日期变成了数字，请把该列设为日期格式，写成 2020-05-04" };
    return { reason: "不是日期，请写成 2020-05-04" };
  }
  const [, year = "", month = "", day = "", hour = "0", minute = "0", second = "0"] = found;
  if (Number(hour) + Number(minute) + Number(second) > 0)
    return { reason: "这里只填日期，请去掉钟点，写成 2020-05-04" };
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > daysInMonth(Number(year), m))
    return { reason: "没有这一天，请改正日期" };
  return { value: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` };
}

const DATE =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:[ t](\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?)?$/i;
const COMPACT_DATE = /^(\d{4})(\d{2})(\d{2})$/;

/** A month as files have it, as YYYY-MM: 2020-05, 2020/5, 2020年5月, and the first of it that a spreadsheet makes of a month. */
export function readMonth(text: string): Read<string> {
  const folded = foldedIfShort(text);
  const day = readDate(folded);
  const found = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(
    "value" in day && day.value.endsWith("-01") ? day.value.slice(0, 7) : folded,
  );
  if (found === null) return { reason: "不是月份，请写成 2020-05" };
  const [, year = "", month = ""] = found;
  if (Number(month) < 1 || Number(month) > 12) return { reason: "没有这个月，请改正月份" };
  return { value: `${year}-${month.padStart(2, "0")}` };
}

/**
 * An unsigned decimal of at most `decimals` places as an exact integer of its last place: 35.5 with 3 places is 35500.
 * Read from the text, never through a float. Refuses signs, thousands separators, exponents and what is no number.
 */
export function readScaled(text: string, decimals: number): Read<number> {
  const folded = foldedIfShort(text);
  const found = /^(\d+)(?:\.(\d+))?$/.exec(folded);
  if (found === null) {
    if (/^[-−]\d/.test(folded)) return { reason: "不能是负数；没有数据请留空" };
    return { reason: "不是数字，请只填数字；没有数据请留空" };
  }
  const [, whole = "", fraction = ""] = found;
  const places = fraction.replace(/0+$/, "");
  if (places.length > decimals) return { reason: `小数最多${decimals}位，请修约后再填` };
  if (whole.length > 9) return { reason: "数值过大，请核对" };
  return { value: Number(whole + places.padEnd(decimals, "0")) };
}

function foldedIfShort(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > LONGEST ? "" : trimmed.normalize("NFKC").trim();
}
