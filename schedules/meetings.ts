import { schedule } from "../src/chat/schedule.ts";
import { remindersOn } from "../src/meetings/jobs.ts";
import { materialOn } from "../src/meetings/material-job.ts";

/**
 * 会议提醒：some working days before a meeting its material is drafted, and who hasn't said whether they come is asked; on its day
 * the material is issued.
 */
export default schedule({
  name: "meetings",
  title: "会议提醒",
  mechanism: ["monthly-consultation", "quarterly-review"],
  when: { workingDay: "every", at: "08:45" },
  catchUp: "latest-within-1-days",
  audience: ["office", "city-lead", "county-lead", "county-liaison", "department-liaison"],
  deliver: async (_slot, context) => [...(await materialOn(context)), ...(await remindersOn(context))],
});
