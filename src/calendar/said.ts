import type { Context, Schedule } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { withDigits } from "../domain/chinese-number.ts";
import { readDeadline } from "../domain/deadline-words.ts";
import { hourNamed } from "../domain/time-of-day.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "office" | "today">;

/** An order about a job as somebody says it, cut into its parts; what isn't said is empty. */
export type SaidOfJob = { job: string; slot: string; from: string; to: string; reason: string };

const QUOTED = /[“”"「『＂](.*?)[“”"」』＂]/;
const NAMED_REASON = /(?:原因|理由)(?:是|为|[:：])?\s*(.+)$/;

/**
 * 周通报 6月22日 从6月22日9时 到 6月23日10时 “领导外出”. A job's own title may hold anything, as the reason may; a part of it is
 * taken up to the first figure.
 */
export function readOrder(said: string, jobs: readonly Pick<Schedule, "title">[]): SaidOfJob {
  const reason = QUOTED.exec(said) ?? NAMED_REASON.exec(said);
  const bare = (reason === null ? said : said.replace(reason[0], " ")).trim();
  const title = jobs.find((one) => bare.startsWith(one.title))?.title;
  const [, part = "", behind = ""] = /^([^\s\d到至从自]*)\s*(.*)$/s.exec(bare) ?? [];
  const job = title ?? part;
  const days = title === undefined ? behind : bare.slice(title.length).trim();
  const [, slot = "", from = "", to = ""] =
    /^(.*?)\s*(?:[从自由](.*?))?\s*(?:(?:改?[到至]|改为|—+|→)(.*))?$/s.exec(days) ?? [];
  return { job, slot: slot.trim(), from: from.trim(), to: to.trim(), reason: (reason?.[1] ?? "").trim() };
}

const TIME = /(上午|早上|中午|下午|晚上)?\s*(\d{1,2})\s*(?:[:：](\d{2})|[点时](?:(\d{1,2})分?|(半)|整)?)\s*$/;

/** A day with a time of day: 6月23日10时, 明天下午3点半. Without a day it is `otherwise`'s, without a time its. */
export function readMoment(
  said: string,
  otherwise: Temporal.PlainDateTime,
  around: Around,
): Temporal.PlainDateTime | Refusal {
  const text = withDigits(said.normalize("NFKC"), "月日号时点分周").trim();
  const unclear = refuse("bad-date", `看不懂时间“${said.slice(0, 20)}”，请写成“6月23日10时”。`);
  const time = TIME.exec(text);
  const day = (time === null ? text : text.slice(0, time.index)).trim();
  const date = day === "" ? otherwise.toPlainDate() : dateSaid(day, around);
  if ("kind" in date) return date;
  if (time === null) return date.toPlainDateTime(otherwise.toPlainTime());
  const [, part = "", hours, minutes, past, thirty] = time;
  const hour = hourNamed(part, Number(hours));
  const minute = thirty ? 30 : Number(minutes ?? past ?? 0);
  return hour > 23 || minute > 59 ? unclear : date.toPlainDateTime({ hour, minute });
}

/** A day without a year is the next year's where that is as near. */
const NEAR_DAYS = 92;

/** 6月23日, 明天, 下周一, 2020-06-23. */
export function dateSaid(said: string, { office, today }: Around): Temporal.PlainDate | Refusal {
  const read = readDeadline(said.replace(/\s+/g, ""), { today, calendar: office.calendar, atOnce: 0 });
  if (read !== null && "date" in read && read.term === undefined) {
    // 1月3日, said in December, lies ahead.
    const next = read.date.add({ years: 1 });
    const isNear = today.until(next, { largestUnit: "days" }).days <= NEAR_DAYS;
    return isNear && !/\d{4}|年/.test(said) ? next : read.date;
  }
  return refuse("bad-date", `看不懂日期“${said.slice(0, 20)}”，请写成“6月23日”。`);
}
