import type { Calendar } from "../calendar.ts";
import { withDigits } from "../chinese-number.ts";
import { readDeadline } from "../deadline-words.ts";
import { hourNamed, type TimeOfDay } from "../time-of-day.ts";

/** When and where, as far as somebody has said it. */
export type MeetingSaid = {
  date: Temporal.PlainDate | null;
  time: TimeOfDay | null;
  place: string | null;
  agenda: string | null;
};

/** A part of it that is meant as a date or a time and can't be one, in Chinese with how to mend it. */
export type Unreadable = { invalid: string };

const CLOCK =
  /(凌晨|早上|上午|中午|下午|傍晚|晚上)?\s*(?:(?<hour>\d{1,2})\s*[时点](?:\s*(?<part>半|一刻|三刻|整)|\s*(?<minute>\d{1,2})\s*分|(?<bare>[0-5]\d)(?![\d楼层号室]))?|(?<hourBehind>\d{1,2})\s*[:：]\s*(?<minuteBehind>\d{2})(?!\d))(?!内|前|以|之)/;
const PARTS: Readonly<Record<string, string>> = { 半: "30", 一刻: "15", 三刻: "45", 整: "00" };
/** 6月8日（星期一） */
const WEEKDAY = /[(（](?:星期|周)([一二三四五六日天])[)）]/;
const NAMES = ["", "一", "二", "三", "四", "五", "六", "日"];
const AGENDA = /[\s，,；;。]*(?:会议)?(?:议程|议题|内容)(?:为|是)?\s*[:：]?\s*/;

/**
 * Reads when and where a meeting is as somebody writes it: 6月8日9时30分 市政府301, 下周一下午两点半 在一楼会议室 议程：通报形势.
 * The date stands before the hour, the place behind it, the agenda behind its own word; each may be left out.
 */
export function readMeeting(
  text: string,
  { today, calendar }: { today: Temporal.PlainDate; calendar: Calendar },
): MeetingSaid | Unreadable {
  const agendaAt = AGENDA.exec(text);
  const agenda = agendaAt === null ? "" : text.slice(agendaAt.index + agendaAt[0].length).trim();
  const before = (agendaAt === null ? text : text.slice(0, agendaAt.index)).trim();
  const weekday = WEEKDAY.exec(before)?.[1];
  const narrow = before.replace(WEEKDAY, "").replace(/[０-９：]/g, (sign) => sign.normalize("NFKC"));
  const said = withDigits(narrow, "年月日号时点分");
  const clock = CLOCK.exec(said);
  const time = clock === null ? null : timeOf(clock);
  if (time !== null && typeof time === "object") return time;
  const head = clock === null ? said : said.slice(0, clock.index);
  const tail = clock === null ? "" : said.slice(clock.index + clock[0].length);
  const day = readDay(head, today, calendar);
  if (day !== null && "invalid" in day) return day;
  if (day !== null && weekday !== undefined && NAMES[day.date.dayOfWeek] !== weekday.replace("天", "日"))
    return {
      invalid: `${day.date.month}月${day.date.day}日是星期${NAMES[day.date.dayOfWeek]}，不是星期${weekday}，请核对日期。`,
    };
  // Without an hour the place stands behind the day, divided by a blank or its own word.
  const place = placeIn(`${day?.rest ?? head} ${tail}`);
  return { date: day?.date ?? null, time, place, agenda: agenda === "" ? null : agenda };
}

function timeOf(clock: RegExpExecArray): TimeOfDay | Unreadable {
  const [whole, part = ""] = clock;
  const said = clock.groups ?? {};
  const hours = hourNamed(part, Number(said.hour ?? said.hourBehind));
  const fraction = said.part === undefined ? undefined : PARTS[said.part];
  const minute = Number(fraction ?? said.minute ?? said.bare ?? said.minuteBehind ?? 0);
  if (hours > 23 || minute > 59)
    return { invalid: `没有“${whole.trim()}”这个时间，请写成 9时30分 或 09:30。` };
  return `${String(hours).padStart(2, "0")}:${String(minute).padStart(2, "0")}` as TimeOfDay;
}

/** The day at the head of a text, the longest that can be read, and what follows it. */
function readDay(
  head: string,
  today: Temporal.PlainDate,
  calendar: Calendar,
): { date: Temporal.PlainDate; rest: string } | Unreadable | null {
  const said = head.replace(
    /^[\s，,：:]*(?:(?:会议)?(?:时间|日期)[:：为是]*|定[在于]|改[到至在为期]*|于)?\s*/,
    "",
  );
  const counting = { today, calendar, atOnce: 0 };
  let fault: Unreadable | null = null;
  for (let end = Math.min(said.length, 16); end > 1; end -= 1) {
    const word = said.slice(0, end).trim();
    if (!/(?:\d|[日号天一二三四五六末明后])$/.test(word) || /^\d+$/.test(word)) continue;
    const read = readDeadline(word, counting);
    if (read === null) continue;
    if ("invalid" in read) fault = read;
    else if (read.term === undefined) return { date: read.date, rest: said.slice(end) };
  }
  return fault;
}

function placeIn(text: string): string | null {
  const place = text
    .replace(/(?:开会|召开|举行|开)\s*$/, "")
    .replace(/^[\s，,。；;]*(?:(?:会议)?地点(?:改[到在为成])?[:：为是]*|改?[在到])?\s*/, "")
    .replace(/[\s，,。；;]+$/, "")
    .replace(/(?:开会|召开|举行|开)$/, "")
    .trim();
  return place === "" ? null : place;
}
