/** Shared wording of cards and notices: dates, numbers and levels the way the office writes them. */

/** 2020年6月5日 — no leading zeros, as in letters. */
export function longDate(date: Temporal.PlainDate): string {
  return `${date.year}年${date.month}月${date.day}日`;
}

/** 6月5日 */
export function shortDate(date: Temporal.PlainDate | string): string {
  const d = typeof date === "string" ? Temporal.PlainDate.from(date) : date;
  return `${d.month}月${d.day}日`;
}

/** 6月5日, and with its year where that isn't `today`'s: nobody may read one year's deadline as another's. */
export function dateSeenOn(today: Temporal.PlainDate, date: string): string {
  const day = Temporal.PlainDate.from(date);
  return day.year === today.year ? shortDate(day) : longDate(day);
}

/** 6月5日 09:00 */
export function shortTime(at: Temporal.ZonedDateTime): string {
  return `${at.month}月${at.day}日 ${at.toPlainTime().toString({ smallestUnit: "minute" })}`;
}

/** 2020年6月5日 09:00, as papers have it that are read in another year. */
export function longTime(at: Temporal.ZonedDateTime): string {
  return `${longDate(at.toPlainDate())} ${at.toPlainTime().toString({ smallestUnit: "minute" })}`;
}

/** How many there are, as the title of their list has it: 3件, 待同意2家. Of none nothing, which the list itself says. */
export const counted = (n: number, unit: string, before = ""): string | null =>
  n === 0 ? null : `${before}${n}${unit}`;

/** The title of a list with what was asked for and how many there are: 文件（5月，3件）. */
export function listTitle(name: string, ...about: readonly (string | null | undefined | false)[]): string {
  const said = about.filter(Boolean);
  return said.length === 0 ? name : `${name}（${said.join("，")}）`;
}

/** Stands on everything that is made of demonstration data: each card, page, sheet, picture and archive. */
export const DEMO_MARK = "演示数据，非真实监测结果";

/** Beside a number that somebody is to call: what leaves the machine has it masked. */
export const WHOLE_NUMBER = "聊天和附件中的号码不全显示，完整号码请在网页上看。";

/** A figure as published, or — where there is none. */
export function figure(value: number | null | undefined, decimals = 0, unit = ""): string {
  return value === null || value === undefined ? "—" : `${value.toFixed(decimals)}${unit}`;
}

/** A plain decimal of a report or target, without superfluous zeros. */
export function plain(value: string | number): string {
  const text = String(value);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

export const NOT_DECOMPOSED = "未分解";

/** To somebody whom a platform doesn't let us write to before they have written. */
export const onlyInPrivate = (what: string) =>
  `${what}只发到私聊。请先打开与我的私聊并点“开始”，再发送同样的内容。`;
/** A word in a group on what only whoever asked may read. */
export const sentInPrivate = (what: string) => `${what}已发到您的私聊。`;

/** Why something did not arrive, for people: our own doors say it in Chinese, platforms in codes of theirs. */
export function reasonWords(why: string | null): string {
  if (why === null || why === "") return "原因不明";
  return /\p{Script=Han}/u.test(why) ? why : `平台答复“${why}”`;
}

/** 甲、乙、丙等12家: names, of more than `most` the first, and how many there are. */
export const firstNamed = (names: readonly string[], most: number, unit: string): string =>
  names.length <= most ? names.join("、") : `${names.slice(0, most).join("、")}等${names.length}${unit}`;

/** 120米, 3.4公里: how far, as exactly as a photo's place tells. */
export const lengthWords = (metres: number): string =>
  metres < 1000 ? `${Math.round(metres / 10) * 10}米` : `${(metres / 1000).toFixed(1)}公里`;

/** A date without a year is one of this year: how to say one of the next year, or of the last. */
export const yearHint = (day: Temporal.PlainDate, years: 1 | -1): string =>
  `${years > 0 ? "明年" : "去年"}的请写明年份，例如“${longDate(day.add({ years }))}”`;
