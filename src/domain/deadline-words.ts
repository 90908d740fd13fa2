import type { Calendar } from "./calendar.ts";
import { withDigits } from "./chinese-number.ts";
import { afterNextHoliday, readHoliday } from "./holiday-words.ts";
import { own } from "./own.ts";
import { parsePeriod } from "./period.ts";
import type { Impossible } from "./period-words.ts";
import { mondayOf } from "./week.ts";

/** A term as it was given: so many working or calendar days after the day of the order. */
export type TermGiven = { n: number; unit: "working" | "calendar" };

/** A deadline's last day, with the term that it was given as; a date that was written has none. */
export type DueDate = Temporal.PlainDate & { readonly term?: TermGiven };

/** The last day of a term that counts from a day, which isn't counted. */
export function endOfTerm(term: TermGiven, from: Temporal.PlainDate, calendar: Calendar): DueDate {
  const date =
    term.unit === "working"
      ? calendar.addWorkingDays(from, term.n)
      : calendar.dueAfterCalendarDays(from, term.n);
  return dueDate({ date, term });
}

/** A deadline as an order carries it. */
export const dueDate = ({ date, term }: Pick<Deadline, "date" | "term">): DueDate =>
  term === undefined ? date : Object.assign(Temporal.PlainDate.from(date.toString()), { term });

/** A deadline as a form holds it until it is sent: 2020-06-30（3个工作日）. */
export const dueText = (due: DueDate): string =>
  due.term === undefined ? due.toString() : `${due}（${termWords(due.term)}）`;

export const termWords = ({ n, unit }: TermGiven): string => `${n}${unit === "working" ? "个工作日" : "日"}`;

/**
 * A deadline as a date; `doubt` says in Chinese what was inferred and has to be read back before anybody is held to it,
 * `dayOff` is the day off on which a term would have ended that has moved to the next working day,
 * `term` what was said where that counts days.
 */
export type Deadline = {
  date: Temporal.PlainDate;
  doubt?: string;
  dayOff?: Temporal.PlainDate;
  term?: TermGiven;
};

/** What a deadline is counted from. `atOnce`: the days that 立即 and 立行立改 give by the plan pack. */
export type Counting = { today: Temporal.PlainDate; calendar: Calendar; atOnce: number };

const AHEAD: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  当天: 0,
  当日: 0,
  明天: 1,
  明日: 1,
  后天: 2,
  后日: 2,
  大后天: 3,
};
const SHORT: Readonly<Record<string, string>> = {
  月: "本月",
  当月: "本月",
  年: "今年",
  当年: "今年",
  季度: "本季度",
  周: "本周",
  当周: "本周",
};
const BEFORE =
  /^(?:(?:整改)?(?:期限|时限|限期)|限时|限于|限|最迟|最晚|不超过|不得超过|不晚于|请于|请在|务必于|务必在|须于|须在|应于|应在|必须在|要求在|截止到?|截至|延期?[至到]|于|在|至|到)[:：为是]?/;
const AFTER =
  /(?:(?:24|18|17|12)(?:点|时|:\d\d)|17:30|下班|晚上?|中午|上午|下午|早上)?(?:之前|以前|前|之内|以内|内|为止|止)?$/;

/**
 * Reads a deadline: 3个工作日, 三日内, 一周内, 半个月内, 24小时内, 明天下班前, 本周五前, 下周三, 月底前, 18日前, 6.18, 限6月24日,
 * 立即整改, 立行立改, 节后第一个工作日. The day of the order isn't counted; a term that ends on a day off moves to the next
 * working day, a date that is written stays [our design, after 民法总则 第二百零三条].
 * @returns null when the text isn't a deadline; `{ invalid }` when it is meant as one but can't be.
 */
export function readDeadline(text: string, counting: Counting): Deadline | Impossible | null {
  const folded = withDigits(text.normalize("NFKC").replace(/\s+/g, ""), "个工日天周星礼月小时号点").replace(
    /星期|礼拜/g,
    "周",
  );
  const kept = KEPT.exec(folded)?.groups;
  if (kept !== undefined) return keptDue(kept, counting);
  const bare = folded.replace(BEFORE, "");
  if (
    /^(?:立即|立刻|即刻|当即|马上|立行立改|即知即改|立查立改|即查即改|立整立改)(?:整改|改正|落实)?(?:到位)?$/.test(
      bare,
    )
  )
    return ending(counting.today.add({ days: counting.atOnce }), counting);
  // 6号 alone may be a wharf, a street or an issue.
  if (/^\d{1,2}号$/.test(folded)) return null;
  const core = bare.replace(AFTER, "");
  // 18日前 is the day of the month, 18日 and 18日内 are terms.
  const written = /^(\d{1,2})[日号].*前$/.exec(bare)?.[1];
  if (written !== undefined) return dayOfMonth(Number(written), counting.today);
  if (core === "") return /下班|晚上?/.test(bare) ? { date: counting.today } : null;
  return term(core, counting) ?? weekday(core, counting) ?? end(core, bare, counting) ?? day(core, counting);
}

/** As {@link dueText} writes it. The date stands: on another day than the term was said it would end on another one. */
const KEPT = /^(?<date>\d{4}-\d{2}-\d{2})\((?<n>[1-9]\d{0,3})(?<unit>个工作日|日)\)$/;

function keptDue(
  { date = "", n, unit }: Record<string, string>,
  counting: Counting,
): Deadline | Impossible | null {
  const read = day(date, counting);
  if (read === null || "invalid" in read) return read;
  const term = { n: Number(n), unit: unit === "日" ? "calendar" : "working" } as const;
  const ends = endOfTerm(term, counting.today, counting.calendar).equals(read.date);
  return ends ? { ...read, term } : read;
}

/** A number of days, weeks, months or hours from today. */
function term(text: string, counting: Counting): Deadline | Impossible | null {
  const { today, calendar } = counting;
  if (/^半个?月$/.test(text)) return ending(today.add({ days: 15 }), counting);
  const found = /^(\d{1,3})个?(工作日|自然日|日历天|日|天|周|(?<=个)月|小时)$/.exec(text);
  if (found === null) return null;
  const n = Number(found[1]);
  const unit = found[2] ?? "";
  if (n < 1) return { invalid: `期限“${text}”不对，至少1${unit === "小时" ? "天" : unit}。` };
  switch (unit) {
    case "工作日":
      return { date: calendar.addWorkingDays(today, n), term: { n, unit: "working" } };
    case "周":
      return ending(today.add({ days: 7 * n }), counting);
    case "月":
      return ending(today.add({ months: n }), counting);
    case "小时": {
      const date = today.add({ days: Math.ceil(n / 24) });
      return n % 24 === 0 ? { date } : { date, doubt: `${text}按${date.month}月${date.day}日` };
    }
    default:
      return ending(today.add({ days: n }), counting);
  }
}

/** A term that ends on a day: on a day off it ends on the next working day. */
function ending(day: Temporal.PlainDate, { today, calendar }: Counting): Deadline {
  const date = calendar.dueAfterCalendarDays(day, 0);
  const term = { n: today.until(day).days, unit: "calendar" } as const;
  return date.equals(day) ? { date, term } : { date, term, dayOff: day };
}

/** 本周五, 下周三, 周五: Monday begins the week; without a word it is the next one to come. */
function weekday(text: string, { today }: Counting): Deadline | null {
  const found = /^(本|这个?|下个?|下下)?周(一|二|三|四|五|六|日|天|末|[1-7])$/.exec(text);
  if (found === null) return null;
  const which = found[1] ?? "";
  const name = found[2] ?? "";
  const no = /\d/.test(name) ? Number(name) : name === "末" ? 7 : "一二三四五六日天".indexOf(name) + 1;
  const monday = mondayOf(today);
  const shift = which.startsWith("下") ? 7 * (which === "下下" ? 2 : 1) : 0;
  const date = monday.add({ days: shift + Math.min(no, 7) - 1 });
  const said = which === "" && Temporal.PlainDate.compare(date, today) < 0 ? date.add({ days: 7 }) : date;
  return name === "末" ? { date: said, doubt: `${text}按${said.month}月${said.day}日` } : { date: said };
}

/** The end of a week, month, quarter or year, the eve of a holiday, the first working day after one. */
function end(text: string, whole: string, { today, calendar }: Counting): Deadline | Impossible | null {
  if (/^节后(?:的?第?[一1]个?工作日|上班第[一1]天)?$/.test(text)) {
    const date = afterNextHoliday(today, calendar);
    return date === null ? { invalid: `没有后面节假日的放假安排，请写明日期，不要写“${text}”。` } : { date };
  }
  const holiday = /前$/.test(whole) ? readHoliday(text, today, calendar) : null;
  if (holiday !== null) return "invalid" in holiday ? holiday : { date: holiday.from.subtract({ days: 1 }) };
  const inside = /内$/.test(whole);
  const name = /^(.+?)[底末]$/.exec(text)?.[1] ?? (inside ? text : undefined);
  if (name === undefined) return null;
  const named = own(SHORT, name) ?? name;
  const next = /^下个?(月|周)$/.exec(named)?.[1];
  const spanned = next === undefined ? named : next === "月" ? "本月" : "本周";
  const base = next === undefined ? today : next === "月" ? today.add({ months: 1 }) : today.add({ days: 7 });
  const span = parsePeriod(spanned, base);
  if (span === null || "invalid" in span) return span;
  if (/周$/.test(spanned)) {
    const friday = span.to.subtract({ days: 2 });
    return { date: friday, doubt: `${text}按周五（${friday.month}月${friday.day}日）` };
  }
  return { date: span.to };
}

/** A day that is written: 6月18日, 6.18, 2020-06-18, 18号, 明天. */
function day(text: string, { today }: Counting): Deadline | Impossible | null {
  const ahead = own(AHEAD, text);
  if (ahead !== undefined) return { date: today.add({ days: ahead }) };
  const bare = /^(\d{1,2})[日号]$/.exec(text)?.[1];
  if (bare !== undefined) return dayOfMonth(Number(bare), today);
  if (!/\d/.test(text)) return null;
  const period = parsePeriod(text.replace(/^本月/, `${today.month}月`), today);
  if (period === null) return null;
  if ("invalid" in period) return period;
  if (!period.from.equals(period.to)) return null;
  return comingYear(text, period.from, today) ?? { date: period.from };
}

/** Said without a year around the turn of it: 1月6日 of a December is in the year to come. */
function comingYear(text: string, date: Temporal.PlainDate, today: Temporal.PlainDate): Deadline | null {
  const isOpen = /^\d{1,2}(?:月|[./-])\d{1,2}[日号]?$/.test(text);
  const next = date.add({ years: 1 });
  if (!isOpen || Temporal.PlainDate.compare(date, today) >= 0 || today.until(next).days > TURN_OF_YEAR)
    return null;
  return { date: next, doubt: `${text}按${next.year}年${next.month}月${next.day}日` };
}
/** Days before a date within which it is meant rather than the same of the year that ends. */
const TURN_OF_YEAR = 92;

function dayOfMonth(day: number, today: Temporal.PlainDate): Deadline | Impossible {
  if (day < 1 || day > today.daysInMonth) return { invalid: `${today.month}月没有${day}日，请改正日期。` };
  const date = today.with({ day });
  if (Temporal.PlainDate.compare(date, today) >= 0) return { date };
  const next = date.add({ months: 1 });
  return { date: next, doubt: `${day}日按${next.month}月${next.day}日` };
}
