import { schedule } from "../src/chat/schedule.ts";
import { remindersOn } from "../src/meetings/jobs.ts";

/** 会议提醒：some working days before a meeting, to who hasn't said whether they come, and to who does. */
export default schedule({
  name: "meetings",
  title: "会议提醒",
  when: { workingDay: "every", at: "08:45" },
  catchUp: "latest-within-1-days",
  deliver: (_slot, context) => remindersOn(context),
});
