import { daysInMonth } from "../domain/air/calendar-days.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { Read } from "../domain/reading.ts";

/** Longer than any number or date with all its signs: what is longer isn't looked into. */
const LONGEST = 40;

/** Words that say that there is no value; ND, <2 and * say something of a measurement. */
const MISSING = new Set(["NA", "N/A", "缺测", "无", "无数据"]);
const FIRST_OF_MISSING = new Set(
  [...MISSING].flatMap((word) => [word.charCodeAt(0), word.toLowerCase().charCodeAt(0)]),
);

/** Empty, and the signs and words that offices write for “no value”. */
export function isMissing(text: string): boolean {
  if (text === "") return true;
  // Nearly all cells begin with a digit, a letter or a Chinese character, and are asked after once each.
  const first = text.charCodeAt(0);
  if ((first >= 0x30 && first <= 0x7a) || (first >= 0x4e00 && first <= 0x9fff))
    return FIRST_OF_MISSING.has(first) && text.length < 8 && MISSING.has(text.trim().toUpperCase());
  const plain = cleaned(text);
  return (
    /^[-—–－/／]*$/.test(plain) || (plain.length < 8 && MISSING.has(plain.normalize("NFKC").toUpperCase()))
  );
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
 * A date as files have it: 2020-05-04, 2020/5/4, 2020.5.4, 20200504, 2020年5月4日, also with its day of the week; a time of 00:00 that a spreadsheet added
 * is left off, and so is the last minute of the day, by which some programs stamp it. Refuses what is no calendar date, a time of day, and the bare number that a badly formatted date becomes.
 */
export function readDate(text: string): Read<IsoDate> {
  const folded = foldedIfShort(text);
  const found = DATE.exec(folded) ?? COMPACT_DATE.exec(folded) ?? DATE.exec(folded.replace(DAY_OF_WEEK, ""));
  if (found === null) {
    if (/^\d{5}(\.\d+)?$/.test(folded))
      return { reason: "日期变成了数字，请把该列设为日期格式，写成 2020-05-04" };
    if (WITHOUT_YEAR.test(folded)) return { reason: "没有写年份，请写成 2020-05-04" };
    return { reason: "不是日期，请写成 2020-05-04" };
  }
  const [, year = "", month = "", day = "", hour = "0", minute = "0", second = "0"] = found;
  const lastMinute = (hour === "23" && minute === "59") || (hour === "24" && Number(minute) === 0);
  if (Number(hour) + Number(minute) + Number(second) > 0 && !lastMinute)
    return { reason: "这里只填日期，请去掉钟点，写成 2020-05-04" };
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > daysInMonth(Number(year), m))
    return { reason: "没有这一天，请改正日期" };
  return { value: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` };
}

const DATE =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:[ t](\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?)?$/i;
const DAY_OF_WEEK = /\s*\(?(?:星期|周)[一二三四五六日天]\)?$/;
const COMPACT_DATE = /^(\d{4})(\d{2})(\d{2})$/;
const WITHOUT_YEAR = /^(\d{1,2})月(\d{1,2})[日号]?$/;

/** The date that a workbook's bare number stands for, as a text; any other text as it is. Fractions are times of that day. */
export function dateOfSerial(text: string, epoch: 1900 | 1904): string {
  if (!/^\d{5}(\.\d+)?$/.test(text)) return text;
  const days = Math.floor(Number(text)) + (epoch === 1904 ? 1462 : 0);
  const date = Temporal.PlainDate.from("1899-12-30").add({ days }).toString();
  const minutes = Math.floor((Number(text) % 1) * 24 * 60 + 1e-6);
  if (minutes === 0) return date;
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** 6月3日 with the year of the table's title, or of the date above it; half a year away nobody knows which year is meant. */
export function withYear(text: string, title: string | null, above: string | null): Read<string> {
  const found = /^\s*\d{1,2}\s*月/.test(text) ? WITHOUT_YEAR.exec(foldedIfShort(text)) : null;
  if (found === null) return { value: text };
  const year = title ?? above?.slice(0, 4);
  if (year === undefined) return { value: text };
  const apart = title === null && above !== null ? Math.abs(Number(above.slice(5, 7)) - Number(found[1])) : 0;
  if (apart > 6) return { reason: "没有写年份，和上一行相差太远，请写成 2020-05-04" };
  return { value: `${year}年${found[1]}月${found[2]}日` };
}

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
 * Read from the text, never through a float.  A comma before each three digits separates
 * thousands. Refuses signs, exponents and what is no number.
 */
export function readScaled(text: string, decimals: number): Read<number> {
  const folded = withoutThousands(foldedIfShort(text));
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

const withoutThousands = (text: string) =>
  /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;

function foldedIfShort(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > LONGEST ? "" : trimmed.normalize("NFKC").trim();
}
