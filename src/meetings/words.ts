import type { Context } from "../chat/command.ts";
import { dateSeenOn, longDate } from "../chat/wording.ts";
import type { EpochMs, MeetingId } from "../domain/ids.ts";
import { MEETING_KINDS, type MeetingKind } from "../domain/meetings/kinds.ts";
import { type Period, parsePeriod } from "../domain/period.ts";
import type { MeetingSetting } from "../domain/plan/pack-meetings.ts";
import type { Office } from "../office/office.ts";
import type { Meeting, MeetingPlan } from "../store/meetings.ts";
import type { Reader } from "../store/store.ts";

/** What people call each kind of meeting, the command that calls one, and how many months it looks back on. */
const WORDS: Readonly<Record<MeetingKind, { short: string; word: string; months: 1 | 3 }>> = {
  "monthly-consultation": { short: "会商会", word: "会商", months: 1 },
  "quarterly-review": { short: "点评会", word: "点评会", months: 3 },
};

/** Under which name outbox, cards and audit know a meeting. */
export const subjectOfMeeting = (id: MeetingId): string => `meeting:${id}`;

export const settingOf = (kind: MeetingKind, { pack }: Pick<Office, "pack">): MeetingSetting =>
  pack.settings.meetings[kind];

/** 2020年5月会商会, 2020年二季度点评会 */
export const meetingName = ({ kind, period }: Pick<Meeting, "kind" | "period">): string =>
  `${periodLooked(period).label}${WORDS[kind].short}`;

export const kindName = (kind: MeetingKind): string => WORDS[kind].short;

/** The command by which one of a kind is called. */
export const callWord = (kind: MeetingKind): string => WORDS[kind].word;

/** Which meeting somebody speaks of: 会商, 点评会. */
export const kindIn = (text: string): MeetingKind | null =>
  MEETING_KINDS.find((kind) => text.includes(WORDS[kind].short.slice(0, 2))) ?? null;

/** The month or quarter before a day, which a meeting on that day looks back on. */
export function periodBefore(kind: MeetingKind, day: Temporal.PlainDate): string {
  const { months } = WORDS[kind];
  const first = day.with({ day: 1 }).subtract({ months: months === 1 ? 1 : ((day.month - 1) % 3) + 3 });
  return months === 1 ? first.toPlainYearMonth().toString() : `${first.year}Q${Math.ceil(first.month / 3)}`;
}

/** The days of a meeting's period, as it is kept. */
export function periodLooked(period: string): Period {
  const read = parsePeriod(period, Temporal.PlainDate.from(`${period.slice(0, 4)}-01-01`));
  if (read === null || "invalid" in read) throw new Error(`not a meeting's period: ${period}`);
  return read;
}

/** The day that is proposed for the meeting about a period: so many working days into what follows it. */
export function dayProposed(
  kind: MeetingKind,
  period: string,
  { calendar, pack }: Office,
): Temporal.PlainDate {
  return calendar.addWorkingDays(periodLooked(period).to, settingOf(kind, { pack }).meetOn);
}

/** When it begins. */
export const startsAt = (
  { date, time }: Pick<Meeting, "date" | "time">,
  { pack }: Pick<Office, "pack">,
): EpochMs =>
  Temporal.PlainDate.from(date).toZonedDateTime({
    timeZone: pack.timeZone,
    plainTime: Temporal.PlainTime.from(time),
  }).epochMilliseconds;

export const hasBegun = (
  meeting: Meeting,
  { office, now }: Pick<Context<Reader>, "office" | "now">,
): boolean => meeting.state === "held" || startsAt(meeting, office) <= now.epochMilliseconds;

const WEEKDAYS = "一二三四五六日";

/** 6月8日（星期一）9时30分 */
export function meetingTimeWords(
  { date, time }: Pick<MeetingPlan, "date" | "time">,
  today?: Temporal.PlainDate,
): string {
  const day = Temporal.PlainDate.from(date);
  const [hour, minute] = time.split(":").map(Number);
  const words = today === undefined ? longDate(day) : dateSeenOn(today, date);
  return `${words}（星期${WEEKDAYS[day.dayOfWeek - 1]}）${hour}时${minute === 0 ? "" : `${minute}分`}`;
}

/** So many working days before a day. */
export function workingDaysBefore(
  date: string,
  days: number,
  { calendar }: Pick<Office, "calendar">,
): Temporal.PlainDate {
  let day = Temporal.PlainDate.from(date);
  for (let left = days; left > 0; ) {
    day = day.subtract({ days: 1 });
    if (calendar.isWorkingDay(day)) left -= 1;
  }
  return day;
}
