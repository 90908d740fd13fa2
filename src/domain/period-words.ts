import { withDigits } from "./chinese-number.ts";
import { mondayOf } from "./week.ts";
/** First and last day, both inclusive. */
export type Span = { from: Temporal.PlainDate; to: Temporal.PlainDate };
/** A text that is meant as a period but names no possible one. `invalid` is Chinese and says how to mend it. */
export type Impossible = { invalid: string };

/** Years that a written period may name; the office's data begin in 2013. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

type Form = { pattern: RegExp; read(found: Groups, today: Temporal.PlainDate): Span | Impossible | null };
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

/** Half width, no blanks, lower case, Chinese numerals of dates and counts as digits, 月份 and 礼拜 in their short forms. */
export function foldPeriodText(text: string): string {
  const plain = text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
  return withDigits(plain, "月日号季天个年周")
    .replace(/月份/g, "月")
    .replace(/星期|礼拜/g, "周");
}

const YEAR = "(?<year>\\d{4})";
/** A year before a Chinese part: 2020年, 今年, 去年; may be absent. */
const YEAR_WORD = "(?:(?<year>\\d{4})年?|(?<said>今年|本年|去年|前年))?";
const SIGN = "[-/.]";
/** A month as said from today, or by its number. */
const MONTH_WORD = `(?:${YEAR_WORD}(?<month>\\d{1,2})月|(?<which>本月|这个?月|当月|上个?月)?)`;
const WEEKDAYS = "一二三四五六日天";

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
  { pattern: form("(?<month>0?[1-9]|1[0-2])[./](?<day>\\d{1,2})"), read: singleDay },
  { pattern: form(`${MONTH_WORD}的?(?<part>[上中下]旬|[上下]半月|初)`), read: partOfMonth },
  { pattern: form(`${MONTH_WORD}的?第(?<count>\\d{1,2})个?周`), read: weekOfMonth },
  {
    pattern: form("(?:最?近|过去|这)(?<count>\\d{1,3})[天日]"),
    read: (f, today) => lastDays(today, count(f)),
  },
  {
    pattern: form("(?:最?近|过去|这)(?<count>\\d{1,2})个?周"),
    read: (f, today) => lastDays(today, 7 * count(f)),
  },
  { pattern: form("(?:最?近|过去|这)(?<count>\\d{1,2})个?月"), read: lastMonths },
  { pattern: form(`${YEAR_WORD}[前头](?<count>\\d{1,2})个?(?<unit>月|季度)`), read: firstMonths },
  { pattern: form(`(?<which>上上?|本|这个?)周(?<weekday>[${WEEKDAYS}])`), read: weekdayOf },
  { pattern: form("(?:截至|截止|截止到|截至到|到)(?<until>.+?)(?:为?止)?"), read: sinceNewYear },
  { pattern: form("(?<since>.+?)(?:以来|至今)"), read: untilNow },
];

const RELATIVE: ReadonlyMap<string, (today: Temporal.PlainDate) => Span> = new Map([
  ...words("今天 今日", (today) => oneDay(today)),
  ...words("昨天 昨日", (today) => oneDay(today.subtract({ days: 1 }))),
  ...words("前天 前日", (today) => oneDay(today.subtract({ days: 2 }))),
  ...words("大前天", (today) => oneDay(today.subtract({ days: 3 }))),
  ...words("本周 这周 这个周 这一周", (today) => week(today)),
  ...words("上周 上个周 上一周 前一周", (today) => week(today.subtract({ days: 7 }))),
  ...words("上上周", (today) => week(today.subtract({ days: 14 }))),
  ...words("最近 近期 近日 这几天 近几天 最近几天 近来", (today) => lastDays(today, 7)),
  ...words("近半月 近半个月 最近半个月", (today) => lastDays(today, 15)),
  ...words("近半年 最近半年", (today) => ({ ...lastDays(today, 1), from: today.subtract({ months: 6 }) })),
  ...words("近一年 近1年 最近1年", (today) => ({
    ...lastDays(today, 1),
    from: today.subtract({ years: 1 }),
  })),
  ...words("上上月 上上个月", (today) => monthsAround(today, -2, 1)),
  ...words("今年以来 年初以来 年初至今 今年至今 开年以来 全年 本年以来 今年全年 年度", (today) =>
    months(today.year, 1, 12),
  ),
  ...words("去年同期 上年同期 上一年同期", (today) => ({
    from: Temporal.PlainDate.from({ year: today.year - 1, month: 1, day: 1 }),
    to: today.subtract({ days: 1 }).subtract({ years: 1 }),
  })),
  ...words("本月 这个月 这月 当月 月内", (today) => months(today.year, today.month, 1)),
  ...words("上月 上个月 上一个月 上1个月", (today) => monthsAround(today, -1, 1)),
  ...words("本季度 本季 这个季度", (today) => quarter(today)),
  ...words("上季度 上季 上个季度", (today) => quarter(today.subtract({ months: 3 }))),
  ...words("今年 本年 本年度", (today) => months(today.year, 1, 12)),
  ...words("去年 上年 去年全年 上1年", (today) => months(today.year - 1, 1, 12)),
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

function partOfMonth(found: Groups, today: Temporal.PlainDate): Span | Impossible {
  const whole = monthSaid(found, today);
  if ("invalid" in whole) return whole;
  const [first, last] = PARTS[found.part ?? ""] ?? [1, 31];
  return { from: whole.from.with({ day: first }), to: whole.from.with({ day: last }) };
}

const PARTS: Readonly<Record<string, readonly [number, number]>> = {
  上旬: [1, 10],
  初: [1, 10],
  中旬: [11, 20],
  下旬: [21, 31],
  上半月: [1, 15],
  下半月: [16, 31],
};

/** A week belongs to the month that most of its days lie in, as one of ISO 8601 does to its year [our design]. */
function weekOfMonth(found: Groups, today: Temporal.PlainDate): Span | Impossible {
  const whole = monthSaid(found, today);
  if ("invalid" in whole) return whole;
  const { year, month } = whole.from;
  const first = week(whole.from.with({ day: 4 })).from;
  const from = first.add({ days: 7 * (Number(found.count) - 1) });
  const middle = from.add({ days: 3 });
  if (middle.year === year && middle.month === month) return week(from);
  const weeks = Math.floor((whole.to.day - first.add({ days: 3 }).day) / 7) + 1;
  return { invalid: `${year}年${month}月没有第${found.count}周，该月为第1至第${weeks}周。` };
}

/** A month by its number, or as said from today. */
function monthSaid(found: Groups, today: Temporal.PlainDate): Span | Impossible {
  if (found.month !== undefined) return wholeMonth(found, today);
  return monthsAround(today, found.which?.startsWith("上") ? -1 : 0, 1);
}

const count = (found: Groups) => Math.max(1, Number(found.count));

/** The last whole days: today's figures are not there yet. */
function lastDays(today: Temporal.PlainDate, n: number): Span {
  return { from: today.subtract({ days: n }), to: today.subtract({ days: 1 }) };
}

function lastMonths(found: Groups, today: Temporal.PlainDate): Span {
  return { from: today.subtract({ months: count(found) }), to: today.subtract({ days: 1 }) };
}

function firstMonths(found: Groups, today: Temporal.PlainDate): Span | Impossible {
  const year = yearOf(found, today);
  if (typeof year !== "number") return year;
  const n = count(found) * (found.unit === "月" ? 1 : 3);
  return n <= 12
    ? months(year, 1, n)
    : { invalid: `一年只有12个月，“前${count(found)}个${found.unit}”不对。` };
}

function weekdayOf({ which = "", weekday = "" }: Groups, today: Temporal.PlainDate): Span {
  const back = which.startsWith("上") ? 7 * which.length : 0;
  return oneDay(
    week(today.subtract({ days: back })).from.add({ days: Math.min(WEEKDAYS.indexOf(weekday), 6) }),
  );
}

/** 截至6月10日: from New Year to then; 5月底 is the end of May. */
function sinceNewYear({ until = "" }: Groups, today: Temporal.PlainDate): Span | Impossible | null {
  const now = /^(?:目前|现在|当前|今)$/.test(until) ? "今天" : until;
  const end = readSpan(now.replace(/^月底$/, "本月").replace(/(?<=月)[底末]$/, ""), today);
  return end === null || "invalid" in end ? end : { from: end.to.with({ month: 1, day: 1 }), to: end.to };
}

function untilNow({ since = "" }: Groups, today: Temporal.PlainDate): Span | Impossible | null {
  const start = readSpan(since, today);
  return start === null || "invalid" in start ? start : { from: start.from, to: today };
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
  const monday = mondayOf(day);
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
