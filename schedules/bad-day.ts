import { dayWasBad } from "../src/alerts/bad-day.ts";
import { schedule } from "../src/chat/schedule.ts";

/** 超标日提醒：in the morning, where the day before was a bad one of the city. */
export default schedule({
  name: "bad-day",
  title: "超标日提醒",
  mechanism: "realtime-warning",
  when: { cron: "30 7 * * *", dayRule: "as-is" },
  catchUp: "latest-within-1-days",
  audience: ["city-lead", "county-lead", "office"],
  deliver: async ({ at }, context) => dayWasBad(at.toPlainDate().subtract({ days: 1 }), context),
});
