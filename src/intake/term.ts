import { type Counting, type DueDate, dueDate, endOfTerm, readDeadline } from "../domain/deadline-words.ts";
import type { Read } from "../domain/reading.ts";
import { readDate } from "./cells.ts";

/** A deadline as ledgers have it: a date, a term that counts from the day of assignment, or words like 6月底前 and 立行立改. */
export type Term =
  | { kind: "on"; date: Temporal.PlainDate }
  | { kind: "after"; days: number; unit: "working" | "calendar" }
  | { kind: "words"; text: string };

/** Longer than any term; above it somebody has mistyped. */
const MOST_DAYS = 730;

/**
 * 2020-06-30, 5个工作日, 15天内, and the words of {@link readDeadline}, by what they mean `from` the day of assignment on.
 * Refuses everything else, with how to write it: what has no end, what could be two days, and what would have to be inferred.
 */
export function readTerm(text: string, from: Counting): Read<Term> {
  const folded = text.normalize("NFKC").trim();
  const found = /^(\d{1,4})个?(工作日|日|天)(?:之?内)?$/.exec(folded);
  if (found !== null) {
    const days = Number(found[1]);
    if (days < 1 || days > MOST_DAYS) return { reason: `期限应在1至${MOST_DAYS}天之间，请核对` };
    return { value: { kind: "after", days, unit: found[2] === "工作日" ? "working" : "calendar" } };
  }
  const date = readDate(folded);
  if ("value" in date) return { value: { kind: "on", date: Temporal.PlainDate.from(date.value) } };
  const words = folded.length > LONGEST ? "" : folded.replace(/\s/g, "").replace(DONE, "");
  const said = readWords(words, from);
  if (said !== null) return "reason" in said ? said : { value: { kind: "words", text: words } };
  return {
    reason: /^[\d./年月日号-]+$/.test(folded)
      ? `${date.reason}，或写天数，如5个工作日`
      : "请写日期或天数，如 2020-06-30、6月底前、5个工作日、立行立改",
  };
}

/** The day on which a term ends that counts `from` the day of assignment; refuses words that say nothing on that day. */
export function endOf(term: Term, from: Counting): Read<DueDate> {
  const { today, calendar } = from;
  switch (term.kind) {
    case "on":
      return { value: term.date };
    case "after":
      return { value: endOfTerm({ n: term.days, unit: term.unit }, today, calendar) };
    case "words":
      return readWords(term.text, from) ?? { reason: "请写日期或天数，如 2020-06-30、5个工作日" };
    default:
      return term satisfies never;
  }
}

/** Longer than any deadline in words. */
const LONGEST = 40;
/** What is to be done by then: 6月30日前完成整改. */
const DONE = /(?<=.[日号底末前内]|月|季度|年)(?:全面|全部)?(?:完成|整改|办结|销号|落实|到位)+$/;
/** No end in sight: such a matter is given out in dated steps (domain document, section 9). */
const WITHOUT_END = /长期|持续|常态|坚持|经常|日常|不间断|全年/;

function readWords(text: string, from: Counting): Read<DueDate> | null {
  if (WITHOUT_END.test(text)) return { reason: "不是期限，请分步写明做到什么、哪一天前，一步一行" };
  const [, month, day] = /^(\d{1,2})\.([1-3])$/.exec(text) ?? [];
  // A spreadsheet shows the number 6.30 as 6.3.
  const other = month === undefined ? null : readDeadline(`${month}.${day}0`, from);
  if (other !== null && "date" in other)
    return { reason: `是${month}月${day}日还是${month}月${day}0日？请写成 ${other.date}` };
  const read = readDeadline(text, from);
  if (read === null) return null;
  if ("invalid" in read) return { reason: read.invalid.replace(/。$/, "") };
  return read.doubt === undefined
    ? { value: dueDate(read) }
    : { reason: `不能确定（${read.doubt}？），请写成日期` };
}

/** A day, with the time of day where one is written, both of the office's clock. */
export type WrittenTime = { day: Temporal.PlainDate; time: Temporal.PlainTime | null };

/** 2020-06-15, 2020/6/15 9:30, 2020-06-15T09:30:00, 2020年6月15日9时30分. A time of 00:00 that a spreadsheet added is left off. */
export function readWrittenTime(text: string): Read<WrittenTime> {
  const folded = text.normalize("NFKC").trim();
  const found = /^(.*?[\d日号])[\st]*(?<!\d)(\d{1,2})(?::|时|点)(?:(\d{2})(?::\d{2}(?:\.\d+)?|分)?)?$/i.exec(
    folded,
  );
  const date = readDate(found?.[1]?.trim() ?? folded);
  if ("reason" in date) return date;
  const day = Temporal.PlainDate.from(date.value);
  if (found === null) return { value: { day, time: null } };
  const [hour, minute] = [Number(found[2]), Number(found[3] ?? 0)];
  if (hour > 23 || minute > 59) return { reason: "没有这个钟点，请写成 2020-06-15 09:30" };
  return { value: { day, time: hour + minute === 0 ? null : new Temporal.PlainTime(hour, minute) } };
}
