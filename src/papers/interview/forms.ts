import { z } from "zod";
import { buttonsOf } from "../../chat/action.ts";
import { arg } from "../../chat/args.ts";
import { ATTENDANCES } from "../../domain/papers/interview-course.ts";

// What the buttons of a 约谈 ask for. The actions stand in commands/interview.ts.

const text = (label: string, hint?: string) =>
  arg.longtext(label, { maxLength: 500, ...(hint ? { hint } : {}) });

export const INTERVIEW_FORMS = {
  confirm: z.object({
    on: arg.date("约谈日期"),
    time: arg.text("时间", { hint: "例如 9:30", maxLength: 5 }),
    place: arg.text("地点", { maxLength: 50 }),
    by: arg.text("约谈人", { maxLength: 50 }),
    whom: arg.text("被约谈人（职务）", { maxLength: 50 }),
    note: arg.maybe.text("缺月说明", { hint: "连续月份中有未导入的名单时必填", maxLength: 100 }),
  }),
  strike: z.object({ reason: text("不约谈的理由") }),
  attend: z.object({
    as: arg.choice("回复", Object.fromEntries(Object.keys(ATTENDANCES).map((word) => [word, word]))),
    who: arg.text("参加人或代为参加的人，请假写事由", { maxLength: 100 }),
  }),
  minutes: z.object({
    problems: text("指出的问题"),
    stance: text("被约谈方表态"),
    demands: text("整改要求"),
    due: arg.deadline("整改方案期限"),
  }),
  plan: z.object({ text: text("整改方案", "措施、责任人、完成时间") }),
  release: z.object({ reason: text("解除的理由") }),
};

export const interviewButtons = {
  confirm: buttonsOf("interview.confirm", INTERVIEW_FORMS.confirm),
  strike: buttonsOf("interview.strike", INTERVIEW_FORMS.strike),
  attend: buttonsOf("interview.attend", INTERVIEW_FORMS.attend),
  minutes: buttonsOf("interview.minutes", INTERVIEW_FORMS.minutes),
  plan: buttonsOf("interview.plan", INTERVIEW_FORMS.plan),
  release: buttonsOf("interview.release", INTERVIEW_FORMS.release),
};
