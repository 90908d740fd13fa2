import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";

// The forms of meetings, and their buttons for cards: the actions themselves draw such cards.

export const FORMS = {
  attend: z.object({}),
  excuse: z.object({ reason: arg.longtext("请假事由", { maxLength: 200 }) }),
  delegate: z.object({ name: arg.text("派谁参加", { maxLength: 30, hint: "本单位成员的姓名" }) }),
  plan: z.object({
    date: arg.date("日期"),
    time: arg.text("时间", { hint: "如 9时30分、14:00", maxLength: 20 }),
    place: arg.text("地点", { maxLength: 100 }),
    agenda: arg.longtext("议程", { lines: true, hint: "每行一项", maxLength: 1000 }),
  }),
  cancel: z.object({ reason: arg.longtext("取消原因", { maxLength: 200 }) }),
  none: z.object({}),
  minutes: z.object({
    time: arg.maybe.text("时间", { hint: "不填按会议通知", maxLength: 100 }),
    participants: arg.maybe.longtext("参会", { lines: true, hint: "不填按参会名单", maxLength: 1000 }),
    situation: arg.maybe.longtext("形势", { lines: true, maxLength: 2000 }),
    outlook: arg.maybe.longtext("后期研判", { lines: true, maxLength: 2000 }),
    decisions: arg.maybe.longtext("重点问题清单", {
      lines: true,
      hint: "每行一项，写明责任单位和期限，如“城南路裸土覆盖（责任单位，6月20日前）”",
      maxLength: 3000,
    }),
    requirements: arg.maybe.longtext("会议要求", { lines: true, maxLength: 2000 }),
    unread: arg.maybe.longtext("未归类", { lines: true, hint: "移到上面各栏后清空", maxLength: 3000 }),
  }),
} as const;

/** The names of the actions, as audit rows carry them. */
export const ACTS = {
  attend: "meeting.attend",
  excuse: "meeting.excuse",
  delegate: "meeting.delegate",
  call: "meeting.call",
  move: "meeting.move",
  cancel: "meeting.cancel",
  urge: "meeting.urge",
  minutes: "meeting.minutes",
  submit: "meeting.submit",
  giveOut: "meeting.give-out",
} as const;

export const attendButton = buttonsOf(ACTS.attend, FORMS.attend);
export const excuseButton = buttonsOf(ACTS.excuse, FORMS.excuse);
export const delegateButton = buttonsOf(ACTS.delegate, FORMS.delegate);
export const callButton = buttonsOf(ACTS.call, FORMS.plan);
export const moveButton = buttonsOf(ACTS.move, FORMS.plan);
export const cancelButton = buttonsOf(ACTS.cancel, FORMS.cancel);
export const urgeButton = buttonsOf(ACTS.urge, FORMS.none);
export const minutesButton = buttonsOf(ACTS.minutes, FORMS.minutes);
export const submitButton = buttonsOf(ACTS.submit, FORMS.none);
export const giveOutButton = buttonsOf(ACTS.giveOut, FORMS.none);
