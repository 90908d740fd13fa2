import { z } from "zod";
import type { Access } from "../chat/access.ts";
import { type AnyAction, action } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { MeetingId } from "../domain/ids.ts";
import { MEETING_KINDS } from "../domain/meetings/kinds.ts";
import { itemsOf } from "../domain/meetings/minutes-words.ts";
import { readMeeting } from "../domain/meetings/time-words.ts";
import type { Meeting, MeetingPlan } from "../store/meetings.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { type AnswerSaid, answerCall } from "./answer.ts";
import { ACTS, FORMS } from "./buttons.ts";
import { answersCalls } from "./by-word.ts";
import { callMeeting, cancelMeeting, moveMeeting } from "./call.ts";
import { callsMeetings } from "./convene.ts";
import { giveOutDecisions } from "./give-out.ts";
import { writeMinutes } from "./minutes.ts";
import { submitMinutes } from "./submit.ts";
import { urgeSilent } from "./urge.ts";
import { meetingSeen } from "./which.ts";

const ofMeeting = z.object({ meeting: z.int() });
const ofVersion = z.object({ meeting: z.int(), version: z.int() });
const ofUnit = z.object({ meeting: z.int(), unit: z.int() });

/** The meeting of a button, where its presser may do what that does. */
async function allowed(
  id: MeetingId,
  person: Person,
  access: Access,
  context: Context<Writer>,
): Promise<Meeting | Refusal> {
  const forbidden = access.check({ person, args: {}, office: context.office, today: context.today });
  return forbidden ?? meetingSeen(id, person, context);
}

async function answer(
  { meeting: id, unit: unitId }: z.output<typeof ofUnit>,
  said: AnswerSaid,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const meeting = await allowed(id, person, answersCalls, context);
  if (isRefusal(meeting)) return meeting;
  const unit = (await context.store.meetings.units(meeting.id)).find((one) => one.id === unitId);
  return unit === undefined
    ? refuse("stale-action", `会议${id}不再请这个单位参加。`, [`会议 ${id}`])
    : answerCall(meeting, unit, said, person, context);
}

/** What the form of a meeting holds. Its hour is read as people write it. */
function planOf(
  { date, time, place, agenda }: { date: Temporal.PlainDate; time: string; place: string; agenda: string },
  { office, today }: Pick<Context<Reader>, "office" | "today">,
): MeetingPlan | Refusal {
  const read = readMeeting(time, { today, calendar: office.calendar });
  if ("invalid" in read) return refuse("bad-date", read.invalid);
  if (read.time === null) return refuse("bad-date", `看不懂时间“${time}”，请写成 9时30分 或 14:00。`);
  return { date: date.toString(), time: read.time, place: place.trim(), agenda: agenda.trim() };
}

/** What the buttons of meetings do. */
export const meetingActions: readonly AnyAction[] = [
  action({
    name: ACTS.attend,
    label: "参会",
    params: ofUnit,
    fields: FORMS.attend,
    press: ({ params, person }, context) => answer(params, { word: "attending" }, person, context),
  }),
  action({
    name: ACTS.excuse,
    label: "请假",
    params: ofUnit,
    fields: FORMS.excuse,
    press: ({ params, fields: { reason }, person }, context) =>
      answer(params, { word: "excused", reason }, person, context),
  }),
  action({
    name: ACTS.delegate,
    label: "派员",
    params: ofUnit,
    fields: FORMS.delegate,
    press: ({ params, fields: { name }, person }, context) =>
      answer(params, { word: "delegated", name }, person, context),
  }),
  action({
    name: ACTS.call,
    label: "定会",
    params: z.object({ kind: z.enum(MEETING_KINDS) }),
    fields: FORMS.plan,
    async press({ params: { kind }, fields, person }, context) {
      const forbidden = callsMeetings.check({
        person,
        args: {},
        office: context.office,
        today: context.today,
      });
      const plan = forbidden ?? planOf(fields, context);
      return isRefusal(plan) ? plan : callMeeting(kind, plan, { by: person }, context);
    },
  }),
  action({
    name: ACTS.move,
    label: "改时间地点",
    params: ofVersion,
    fields: FORMS.plan,
    async press({ params: { meeting: id, version }, fields, person }, context) {
      const meeting = await allowed(id, person, callsMeetings, context);
      const plan = isRefusal(meeting) ? meeting : planOf(fields, context);
      if (isRefusal(meeting) || isRefusal(plan)) return isRefusal(meeting) ? meeting : (plan as Refusal);
      return moveMeeting({ ...meeting, version }, plan, { by: person }, context);
    },
  }),
  action({
    name: ACTS.cancel,
    label: "取消会议",
    params: ofVersion,
    fields: FORMS.cancel,
    async press({ params: { meeting: id, version }, fields: { reason }, person }, context) {
      const meeting = await allowed(id, person, callsMeetings, context);
      return isRefusal(meeting) ? meeting : cancelMeeting({ ...meeting, version }, reason, person, context);
    },
  }),
  action({
    name: ACTS.urge,
    label: "催报名",
    params: ofMeeting,
    fields: FORMS.none,
    async press({ params: { meeting: id }, person }, context) {
      const meeting = await allowed(id, person, callsMeetings, context);
      return isRefusal(meeting) ? meeting : urgeSilent(meeting, person, context);
    },
  }),
  action({
    name: ACTS.minutes,
    label: "写纪要",
    params: ofMeeting,
    fields: FORMS.minutes,
    async press({ params: { meeting: id }, fields, person }, context) {
      const meeting = await allowed(id, person, callsMeetings, context);
      if (isRefusal(meeting)) return meeting;
      const said = (text: string | undefined) =>
        text === undefined || text.trim() === "" ? null : text.trim();
      const minutes = {
        time: said(fields.time),
        participants: said(fields.participants),
        situation: said(fields.situation),
        outlook: said(fields.outlook),
        requirements: said(fields.requirements),
        decisions: itemsOf(fields.decisions ?? ""),
        unread: [said(fields.unread)].filter((text) => text !== null),
      };
      return writeMinutes(meeting, minutes, person, context);
    },
  }),
  action({
    name: ACTS.submit,
    label: "送审",
    params: ofMeeting,
    fields: FORMS.none,
    async press({ params: { meeting: id }, person }, context) {
      const meeting = await allowed(id, person, callsMeetings, context);
      return isRefusal(meeting) ? meeting : submitMinutes(meeting, person, context);
    },
  }),
  action({
    name: ACTS.giveOut,
    label: "交办议定事项",
    params: ofMeeting,
    fields: FORMS.none,
    async press({ params: { meeting: id }, person }, context) {
      const meeting = await allowed(id, person, callsMeetings, context);
      return isRefusal(meeting) ? meeting : giveOutDecisions(meeting, person, context);
    },
  }),
];
