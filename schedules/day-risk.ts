import { dayAtRisk } from "../src/alerts/bad-day.ts";
import { schedule } from "../src/chat/schedule.ts";

/** 超标风险提醒：at noon, where today's hours make a bad day of the city likely, while something can still be done. */
export default schedule({
  name: "day-risk",
  title: "超标风险提醒",
  mechanism: "realtime-warning",
  when: { cron: "0 12 * * *", dayRule: "as-is" },
  catchUp: "latest-within-1-days",
  audience: ["office", "city-lead", "county-liaison", "county-lead"],

  // What would be said of a day that is over is no risk any more.
  deliver: async ({ at }, context) => (at.toPlainDate().equals(context.today) ? dayAtRisk(context) : []),
});
