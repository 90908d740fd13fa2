import { schedule } from "../src/chat/schedule.ts";
import { answerReminders } from "../src/papers/answer-reminders.ts";

/** 文件回复提醒：each working day, the units that haven't answered a paper by the day that it names, or are about to be late. */
export default schedule({
  name: "answers",
  title: "文件回复提醒",
  when: { workingDay: "every", at: "09:00" },
  catchUp: "latest-within-1-days",
  audience: ["county-lead", "county-liaison", "department-liaison"],
  deliver: (_slot, context) => answerReminders(context),
});
