import type { Read } from "../domain/reading.ts";
import { readDate } from "./cells.ts";

/** A deadline as ledgers have it: a date, or a term that counts from the day of assignment. */
export type Term =
  | { kind: "on"; date: Temporal.PlainDate }
  | { kind: "after"; days: number; unit: "working" | "calendar" };

/** Longer than any term; above it somebody has mistyped. */
const MOST_DAYS = 730;

/** 2020-06-30, 5个工作日, 15日, 15天内. Refuses everything else, with how to write it. */
export function readTerm(text: string): Read<Term> {
  const folded = text.normalize("NFKC").trim();
  const found = /^(\d{1,4})个?(工作日|日|天)(?:之?内)?$/.exec(folded);
  if (found !== null) {
    const days = Number(found[1]);
    if (days < 1 || days > MOST_DAYS) return { reason: `期限应在1至${MOST_DAYS}天之间，请核对` };
    return { value: { kind: "after", days, unit: found[2] === "工作日" ? "working" : "calendar" } };
  }
  const date = readDate(folded);
  if ("value" in date) return { value: { kind: "on", date: Temporal.PlainDate.from(date.value) } };
  return {
    reason: /\d/.test(folded)
      ? `${date.reason}，或写天数，如5个工作日`
      : "请写日期或天数，如 2020-06-30、5个工作日",
  };
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
