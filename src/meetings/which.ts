import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { MeetingId } from "../domain/ids.ts";
import type { Meeting, MeetingUnit } from "../store/meetings.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { isInvited, isOfInvited } from "./units.ts";
import { hasBegun, kindIn, meetingName } from "./words.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today" | "now">;

/** Days before today within which a meeting without minutes is still waited for. */
const LATE_MINUTES = 60;
/** Meetings are called a month ahead at most; a year is looked at. */
const AHEAD = 366;

/** A meeting's number at the head of what somebody has said, and the rest: 3 海安联络员, 会议3 出差. */
export function numberAtHead(said: string): { no: MeetingId | null; rest: string } {
  const found = /^\s*(?:会议)?\s*(?:第)?\s*(\d{1,6})\s*号?(?=\s|[：:，,]|$)[\s：:，,]*/.exec(said);
  const rest = (found === null ? said : said.slice(found[0].length)).trim();
  return { no: found === null ? null : Number(found[1]), rest };
}

/** The meeting of a number as somebody asks for it, or why they can't have it. */
export async function meetingSeen(
  no: MeetingId,
  person: Person,
  context: Around,
): Promise<Meeting | Refusal> {
  const meeting = await context.store.meetings.byId(no);
  if (meeting === null || meeting.convenedAt > context.now.epochMilliseconds)
    return refuse("no-data", `没有编号为${no}的会议。发送“会议”看清单。`, ["会议"]);
  return (await isInvited(person, meeting, context))
    ? meeting
    : { ...refuse("forbidden", `会议${no}没有邀请您的单位。`), on: `meeting:${no}` };
}

/** The meeting that somebody's unit has to answer for, by its number or as the only one there is, with that unit's row. */
export async function invitationOf(
  no: MeetingId | null,
  person: Person,
  context: Around,
): Promise<{ meeting: Meeting; unit: MeetingUnit } | Refusal> {
  const meeting =
    no === null ? await onlyOne(await invitedTo(person, context)) : await meetingSeen(no, person, context);
  if ("code" in meeting) return meeting;
  const own = (await context.store.meetings.units(meeting.id)).filter((unit) =>
    isOfInvited(person, unit, context),
  );
  const [unit] = own;
  if (unit === undefined)
    return refuse("forbidden", `会议${meeting.id}没有请您的单位报名。`, [`会议 ${meeting.id}`]);
  if (own.length > 1)
    return refuse("usage", "您代表几个单位，请打开会议，按各单位的按钮报名。", [`会议 ${meeting.id}`]);
  return { meeting, unit };
}

async function invitedTo(person: Person, context: Around): Promise<Meeting[]> {
  const { store, today } = context;
  const found: Meeting[] = [];
  for (const meeting of await store.meetings.between(today.toString(), today.add({ days: AHEAD }).toString()))
    if (
      !hasBegun(meeting, context) &&
      (await store.meetings.units(meeting.id)).some((unit) => isOfInvited(person, unit, context))
    )
      found.push(meeting);
  return found;
}

function onlyOne(meetings: readonly Meeting[]): Meeting | Refusal {
  const [meeting] = meetings;
  if (meeting === undefined) return refuse("no-data", "现在没有要您报名的会议。发送“会议”看清单。", ["会议"]);
  if (meetings.length === 1) return meeting;
  const names = meetings.map((one) => `${one.id}（${meetingName(one)}）`);
  return refuse(
    "usage",
    `有${meetings.length}次会议待报名：${names.join("、")}。请写明编号，例如“参会 ${meeting.id}”。`,
  );
}

/** The meeting that minutes are of: by its number, by its name in their first line, or the only one that waits for them. */
export async function meetingToMinute(
  no: MeetingId | null,
  text: string,
  person: Person,
  context: Around,
): Promise<Meeting | Refusal> {
  if (no !== null) return meetingSeen(no, person, context);
  const { store, today } = context;
  const from = today.subtract({ days: LATE_MINUTES }).toString();
  const begun = (await store.meetings.between(from, today.toString())).filter((one) =>
    hasBegun(one, context),
  );
  const kind = kindIn(text.split("\n")[0]?.slice(0, 40) ?? "");
  const ofKind = begun.filter((one) => one.kind === kind);
  const candidates = ofKind.length > 0 ? ofKind : begun;
  const open = candidates.filter(({ minutes }) => minutes === null);
  const [meeting] = open.length > 0 ? open : candidates.slice(-1);
  if (meeting === undefined)
    return refuse("conflict", "还没有开过的会议，会后再写纪要。发送“会议”看清单。", ["会议"]);
  if (open.length < 2) return meeting;
  const names = open.map((one) => `${one.id}（${meetingName(one)}）`);
  return refuse(
    "usage",
    `有${open.length}次会议待写纪要：${names.join("、")}。请在开头写明编号，例如“纪要 ${meeting.id} 时间：……”。`,
  );
}
