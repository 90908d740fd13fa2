import { z } from "zod";
import { only } from "../chat/access.ts";
import { arg } from "../chat/args.ts";
import { type Change, type Context, change } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { MeetingKind } from "../domain/meetings/kinds.ts";
import { type MeetingSaid, readMeeting } from "../domain/meetings/time-words.ts";
import { MEETING_SOURCE } from "../domain/plan/pack-sources.ts";
import type { Meeting, MeetingPlan } from "../store/meetings.ts";
import type { Reader } from "../store/store.ts";
import { ALL_THE_SAME, callMeeting, moveMeeting } from "./call.ts";
import { proposalCard } from "./proposal.ts";
import { meetingSeen, numberAtHead } from "./which.ts";
import { callWord, dayProposed, kindName, periodBefore, settingOf } from "./words.ts";

export const callsMeetings = only("定会议", "office");

const args = z.object({
  said: arg.maybe.text("时间、地点", {
    rest: true,
    maxLength: 1500,
    hint: "如“6月8日9时30分 市政府301 议程：……”",
  }),
});

/** When and where, as it was said in a phrase; `sure`: on a day off all the same. */
export function saidOf(
  said: string,
  { office, today }: Pick<Context<Reader>, "office" | "today">,
): (MeetingSaid & { sure: boolean }) | Refusal {
  const sure = said.includes(ALL_THE_SAME);
  const read = readMeeting(said.replace(ALL_THE_SAME, " "), { today, calendar: office.calendar });
  return "invalid" in read ? refuse("bad-date", read.invalid) : { ...read, sure };
}

/** 会商, 点评会: calls a meeting of a kind by word; what is lacking is asked with a form. */
export function conveneCommand(
  kind: MeetingKind,
  spec: Pick<Change, "name" | "words" | "help">,
): Change<typeof args> {
  return change({
    ...spec,
    mechanism: kind,
    who: callsMeetings,
    audience: "person",
    args,

    async instead({ args: { said = "" } }, context) {
      const read = saidOf(said, context);
      if (isRefusal(read) || planIn(read, kind, context) !== null) return null;
      // 会商 3, 会商问题: neither when nor what about is said of a meeting.
      if (said.trim() !== "" && read.date === null && read.time === null && read.agenda === null)
        return refuse(
          "usage",
          `看不懂“${said.trim().slice(0, 30)}”。请写明日期、时间和地点，例如“${callWord(kind)} ${dayProposed(kind, periodBefore(kind, context.today), context.office)} 9时30分 市政府301”。`,
          [
            numberAtHead(said).no === null ? "会议" : `会议 ${numberAtHead(said).no}`,
            `问题 ${MEETING_SOURCE}`,
          ],
        );
      const period = periodBefore(kind, read.date ?? context.today);
      const before = await context.store.meetings.ofPeriod(kind, period);
      if (before !== null && said.trim() === "")
        return refuse("already-done", `${kindName(kind)}已定：会议${before.id}。`, [`会议 ${before.id}`]);
      return proposalCard(kind, period, context, read);
    },

    async answer({ args: { said = "" }, person }, context) {
      const read = saidOf(said, context);
      if (isRefusal(read)) return read;
      const plan = planIn(read, kind, context);
      if (plan === null) return refuse("usage", "请写明时间和地点，例如“6月8日9时30分 市政府301”。");
      return callMeeting(kind, plan, { by: person, sure: read.sure }, context);
    },
  });
}

/** A whole plan, with the usual agenda; null where day, hour or place is lacking. */
function planIn(
  { date, time, place, agenda }: MeetingSaid,
  kind: MeetingKind,
  { office }: Pick<Context<Reader>, "office">,
): MeetingPlan | null {
  const setting = settingOf(kind, office);
  const where = place ?? setting.place;
  if (date === null || time === null || where === undefined) return null;
  return { date: date.toString(), time, place: where, agenda: agenda ?? setting.agenda.join("；") };
}

/** 改会 3 6月9日10时 二楼会议室: what isn't said stays. */
export async function moveByWord(
  said: string,
  person: Parameters<typeof meetingSeen>[1],
  context: Parameters<typeof moveMeeting>[3],
) {
  const { no, rest } = numberAtHead(said);
  if (no === null)
    return refuse("usage", "请写明会议编号，例如“改会 3 6月9日10时”。发送“会议”看编号。", ["会议"]);
  const meeting = await meetingSeen(no, person, context);
  if (isRefusal(meeting)) return meeting;
  const read = saidOf(rest, context);
  if (isRefusal(read)) return read;
  return moveMeeting(meeting, changed(meeting, read), { by: person, sure: read.sure }, context);
}

const changed = (meeting: Meeting, { date, time, place, agenda }: MeetingSaid): MeetingPlan => ({
  date: date?.toString() ?? meeting.date,
  time: time ?? meeting.time,
  place: place ?? meeting.place,
  agenda: agenda ?? meeting.agenda,
});
