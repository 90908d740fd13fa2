/** First and last day, both inclusive. */
export type Span = { from: Temporal.PlainDate; to: Temporal.PlainDate };
/** A text that is meant as a period but names no possible one. `invalid` is Chinese and says how to mend it. */
export type Impossible = { invalid: string };

/** Years that a written period may name; the office's data begin in 2013. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

type Form = { pattern: RegExp; read(found: Groups, today: Temporal.PlainDate): Span | Impossible };
type Groups = Readonly<Record<string, string | undefined>>;

/**
 * Reads one period without a range sign: 2020, 2020-05, 2020Q2, 2020-05-04, 5月, 5月4日, 二季度, 上半年, 上周, 去年5月 …
 * `text` is already folded (see `foldPeriodText`). A year that isn't written is that of `today`.
 * @returns null when the text isn't period-like.
 */
export function readSpan(text: string, today: Temporal.PlainDate): Span | Impossible | null {
  const word = RELATIVE.get(text);
  if (word !== undefined) return word(today);
  for (const { pattern, read } of FORMS) {
    const found = pattern.exec(text)?.groups;
    if (found !== undefined) return read(found, today);
  }
  return null;
}

/** Half width, no blanks, lower case, and Chinese numerals of months, days and quarters as digits. */
export function foldPeriodText(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .toLowerCase()
    .replace(/[一二三四五六七八九十]{1,3}(?=月|日|号|季)/g, (numeral) =>
      String(chineseNumber(numeral) ?? numeral),
    );
}

const YEAR = "(?<year>\\d{4})";
/** A year before a Chinese part: 2020年, 今年, 去年; may be absent. */
const YEAR_WORD = "(?:(?<year>\\d{4})年?|(?<said>今年|本年|去年|前年))?";
const SIGN = "[-/.]";

const FORMS: readonly Form[] = [
  { pattern: form("(?<year>20\\d\\d|2100)"), read: wholeYear },
  { pattern: form(`${YEAR}年度?`), read: wholeYear },
  { pattern: form(`${YEAR}${SIGN}(?<month>\\d{1,2})月?`), read: wholeMonth },
  { pattern: form(`${YEAR_WORD}(?<month>\\d{1,2})月份?`), read: wholeMonth },
  { pattern: form(`${YEAR}${SIGN}(?<month>\\d{1,2})${SIGN}(?<day>\\d{1,2})`), read: singleDay },
  { pattern: form(`${YEAR_WORD}(?<month>\\d{1,2})月(?<day>\\d{1,2})[日号]`), read: singleDay },
  { pattern: form(`(?:${YEAR}[年-]?)?q(?<quarter>\\d)`), read: wholeQuarter },
  { pattern: form(`${YEAR_WORD}第?(?<quarter>\\d{1,2})季度?`), read: wholeQuarter },
  { pattern: form(`${YEAR_WORD}(?<half>[上下])半年`), read: halfYear },
];

const RELATIVE: ReadonlyMap<string, (today: Temporal.PlainDate) => Span> = new Map([
  ...words("今天 今日", (today) => oneDay(today)),
  ...words("昨天 昨日", (today) => oneDay(today.subtract({ days: 1 }))),
  ...words("前天 前日", (today) => oneDay(today.subtract({ days: 2 }))),
  ...words("本周 这周 本星期 这星期", (today) => week(today)),
  ...words("上周 上星期", (today) => week(today.subtract({ days: 7 }))),
  ...words("本月 这个月 当月", (today) => months(today.year, today.month, 1)),
  ...words("上月 上个月", (today) => monthsAround(today, -1, 1)),
  ...words("本季度 本季 这个季度", (today) => quarter(today)),
  ...words("上季度 上季 上个季度", (today) => quarter(today.subtract({ months: 3 }))),
  ...words("今年 本年 本年度", (today) => months(today.year, 1, 12)),
  ...words("去年 上年", (today) => months(today.year - 1, 1, 12)),
  ...words("前年", (today) => months(today.year - 2, 1, 12)),
]);

function form(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

function words(
  names: string,
  read: (today: Temporal.PlainDate) => Span,
): [string, (today: Temporal.PlainDate) => Span][] {
  return names.split(" ").map((name) => [name, read]);
}

function wholeYear(found: Groups, today: Temporal.PlainDate): Span | Impossible {
  const year = yearOf(found, today);
  return typeof year === "number" ? months(year, 1, 12) : year;
}

function wholeMonth(found: Groups, today: Temporal.PlainDate): Span | Impossible {
  const year = yearOf(found, today);
  if (typeof year !== "number") return year;
  const month = Number(found.month);
  return noMonth(month) ?? months(year, month, 1);
}

function singleDay(found: Groups, today: Temporal.PlainDate): Span | Impossible {
  const year = yearOf(found, today);
  if (typeof year !== "number") return year;
  const month = Number(found.month);
  const day = Number(found.day);
  const fault = noMonth(month);
  if (fault !== null) return fault;
  const last = Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
  if (day < 1 || day > last)
    return { invalid: `${year}年${month}月没有${day}日，该月为1日至${last}日，请改正日期。` };
  return oneDay(Temporal.PlainDate.from({ year, month, day }));
}

function wholeQuarter(found: Groups, today: Temporal.PlainDate): Span | Impossible {
  const year = yearOf(found, today);
  if (typeof year !== "number") return year;
  const n = Number(found.quarter);
  if (n < 1 || n > 4) return { invalid: `没有第${n}季度，季度为1至4，例如 2020Q2 或“二季度”。` };
  return months(year, 3 * n - 2, 3);
}

function halfYear(found: Groups, today: Temporal.PlainDate): Span | Impossible {
  const year = yearOf(found, today);
  return typeof year === "number" ? months(year, found.half === "上" ? 1 : 7, 6) : year;
}

function yearOf({ year, said }: Groups, today: Temporal.PlainDate): number | Impossible {
  if (said !== undefined) return today.year - (said === "去年" ? 1 : said === "前年" ? 2 : 0);
  if (year === undefined) return today.year;
  const n = Number(year);
  if (n >= FIRST_YEAR && n <= LAST_YEAR) return n;
  return { invalid: `年份“${year}”不对，应在${FIRST_YEAR}至${LAST_YEAR}之间，例如 2020-05。` };
}

function noMonth(month: number): Impossible | null {
  return month >= 1 && month <= 12 ? null : { invalid: `没有${month}月，月份为1至12，例如“5月”或 2020-05。` };
}

function oneDay(day: Temporal.PlainDate): Span {
  return { from: day, to: day };
}

/** Monday to Sunday. */
function week(day: Temporal.PlainDate): Span {
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  return { from: monday, to: monday.add({ days: 6 }) };
}

function quarter(day: Temporal.PlainDate): Span {
  return months(day.year, day.month - ((day.month - 1) % 3), 3);
}

function monthsAround(day: Temporal.PlainDate, shift: number, count: number): Span {
  const first = day.with({ day: 1 }).add({ months: shift });
  return months(first.year, first.month, count);
}

function months(year: number, month: number, count: number): Span {
  const from = Temporal.PlainDate.from({ year, month, day: 1 });
  return { from, to: from.add({ months: count }).subtract({ days: 1 }) };
}

/** 1 to 39 from 一 … 三十九; null when the characters make no number. */
function chineseNumber(text: string): number | null {
  const found = /^(?:(?<tens>[二三])?(?<ten>十))?(?<ones>[一二三四五六七八九])?$/.exec(text)?.groups;
  if (found === undefined) return null;
  const digit = (character: string | undefined) =>
    character === undefined ? 0 : "一二三四五六七八九".indexOf(character) + 1;
  return (found.ten === undefined ? 0 : 10 * (digit(found.tens) || 1)) + digit(found.ones);
}
