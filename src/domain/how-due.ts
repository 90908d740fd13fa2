import { type Calendar, unknownYears } from "./calendar.ts";
import { madeUpDays, runsOff } from "./days-off.ts";
import { endOfTerm, type TermGiven, termWords } from "./deadline-words.ts";
import { holidayNames } from "./holiday-words.ts";
import type { Span } from "./period-words.ts";

/** A deadline and what it was given as. `from` is the day of the order, which isn't counted. */
export type GivenDue = { term: TermGiven | null; from: Temporal.PlainDate; due: Temporal.PlainDate };

/**
 * In a few words why a term ends later than one would count on one's fingers: 3个工作日，6月25—27日端午节，6月28日上班. Null
 * where nothing but weekends lies between, where a date was written, and where the calendar says another day by now.
 */
export function whatLiesBetween({ term, from, due }: GivenDue, calendar: Calendar): string | null {
  if (term === null || !endOfTerm(term, from, calendar).equals(due)) return null;
  const reasons =
    term.unit === "working" ? specialDays({ from, to: due }, calendar) : moved(term, from, calendar);
  return reasons.length === 0 ? null : [termWords(term), ...reasons].join("，");
}

/**
 * How a deadline came about, in whole sentences. `extensions` are those that were granted, in order, each from the day on which it
 * was asked for; `present` is the last day by now.
 */
export function howItCameAbout(
  {
    term,
    from,
    due,
    present,
    extensions,
  }: GivenDue & { present: Temporal.PlainDate; extensions: readonly GivenDue[] },
  calendar: Calendar,
): string {
  const day = (date: Temporal.PlainDate) => dayIn(date, from.year);
  const sentences = [given({ term, from, due }, calendar)];
  const last = extensions.at(-1);
  for (const one of extensions) {
    const until = `${one === last && one.due.equals(present) ? "现" : ""}到${day(one.due)}`;
    sentences.push(`${askedFor(one, from.year, calendar)}${until}。`);
  }
  if (last === undefined && !present.equals(due))
    sentences.push(`${day(due)}是${offName(due, calendar) ?? "休息日"}，顺延到${day(present)}。`);
  if (last !== undefined && !last.due.equals(present)) sentences.push(`现到${day(present)}。`);
  const isWritten = (last ?? { term }).term === null;
  if (isWritten && !calendar.isWorkingDay(present))
    sentences.push(`${day(present)}为休息日，写明的日期不顺延。`);
  const years = Array.from({ length: present.year - from.year + 1 }, (_, i) => from.add({ years: i }));
  const unknown = term === null ? null : unknownYears(calendar, years);
  if (unknown !== null) sentences.push(`${unknown}。`);
  return sentences.join("");
}

/** 6月24日申请延期4个工作日，6月25—27日端午节，6月28日上班，经同意; a date that was written needs no reckoning. */
function askedFor({ term, from, due }: GivenDue, year: number, calendar: Calendar): string {
  if (term === null) return "经同意延期，";
  const reckoned = whatLiesBetween({ term, from, due }, calendar) ?? termWords(term);
  return `${dayIn(from, year)}申请延期${reckoned}，经同意`;
}

function given({ term, from, due }: GivenDue, calendar: Calendar): string {
  const day = (date: Temporal.PlainDate) => dayIn(date, from.year);
  if (term === null) return `期限是写明的日期：${day(due)}。`;
  const start = `${termWords(term)}，${day(from)}起算（当天不计）`;
  const end = endOfTerm(term, from, calendar);
  if (!end.equals(due))
    return `${start}，按现在的放假安排是${day(end)}；已经下达的期限不变，仍到${day(due)}。`;
  const reasons =
    term.unit === "working" ? specialDays({ from, to: due }, calendar) : moved(term, from, calendar);
  const isMoved = term.unit === "calendar" && reasons.length > 0;
  return `${[start, ...reasons, ...(isMoved ? [] : [`到${day(due)}`])].join("，")}。`;
}

/** Holidays and days worked for them after a day, up to another one: 6月25—27日端午节, 6月28日上班. */
function specialDays({ from, to }: Span, calendar: Calendar): string[] {
  const first = from.add({ days: 1 });
  const off = runsAround({ from: first, to }, calendar).map((run) => ({
    at: run.from,
    words: `${spanIn(run, from.year)}${holidayNames(run, calendar)}`,
  }));
  const worked = madeUpDays({ from: first, to }, calendar).map((at) => ({
    at,
    words: `${dayIn(at, from.year)}上班`,
  }));
  return [...off, ...worked].sort((a, b) => Temporal.PlainDate.compare(a.at, b.at)).map(({ words }) => words);
}

/** Why a term of calendar days doesn't end on its last day: 6月25日是端午节假期, 顺延到6月28日. */
function moved({ n }: TermGiven, from: Temporal.PlainDate, calendar: Calendar): string[] {
  const last = from.add({ days: n });
  if (calendar.isWorkingDay(last)) return [];
  const next = calendar.dueAfterCalendarDays(last, 0);
  return [
    `${dayIn(last, from.year)}是${offName(last, calendar) ?? "休息日"}`,
    `顺延到${dayIn(next, from.year)}`,
  ];
}

function offName(date: Temporal.PlainDate, calendar: Calendar): string | null {
  const [run] = runsAround({ from: date, to: date }, calendar);
  if (run === undefined) return null;
  const name = holidayNames(run, calendar);
  return name === "放假" ? "放假日" : `${name}假期`;
}

/** Longer than any holiday with the weekends at its ends. */
const REACH = { days: 15 };

/** The holidays of which some days lie within a period, each whole: in its midst, too, it keeps its name. */
const runsAround = ({ from, to }: Span, calendar: Calendar): Span[] =>
  runsOff({ from: from.subtract(REACH), to: to.add(REACH) }, calendar).filter(
    (run) => Temporal.PlainDate.compare(run.to, from) >= 0 && Temporal.PlainDate.compare(run.from, to) <= 0,
  );

/** 6月25日, and with its year where that isn't the order's. */
const dayIn = ({ year, month, day }: Temporal.PlainDate, known: number): string =>
  `${year === known ? "" : `${year}年`}${month}月${day}日`;

/** 6月25—27日, 1月24日—2月2日. */
function spanIn({ from, to }: Span, known: number): string {
  if (from.equals(to)) return dayIn(from, known);
  if (from.year === to.year && from.month === to.month)
    return dayIn(from, known).replace(/日$/, `—${to.day}日`);
  return `${dayIn(from, known)}—${dayIn(to, from.year)}`;
}
