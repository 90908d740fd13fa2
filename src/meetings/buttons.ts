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
} as const;

export const attendButton = buttonsOf(ACTS.attend, FORMS.attend);
export const excuseButton = buttonsOf(ACTS.excuse, FORMS.excuse);
export const delegateButton = buttonsOf(ACTS.delegate, FORMS.delegate);
export const callButton = buttonsOf(ACTS.call, FORMS.plan);
export const moveButton = buttonsOf(ACTS.move, FORMS.plan);
export const cancelButton = buttonsOf(ACTS.cancel, FORMS.cancel);
export const urgeButton = buttonsOf(ACTS.urge, FORMS.none);
