import { schedule } from "../src/chat/schedule.ts";
import { periodOf } from "../src/domain/period.ts";
import { mondayOf } from "../src/domain/week.ts";
import { missedIn } from "../src/patrols/missed.ts";

/** 点位巡查：on Mondays, the stations that nobody patrolled last week as often as planned; nothing where all were. */
export default schedule({
  name: "patrols",
  title: "点位巡查情况",
  mechanism: "point-chiefs",
  when: { cron: "0 9 * * 1", dayRule: "next-working-day" },
  catchUp: "latest-within-3-days",
  audience: ["office", "county-liaison"],

  deliver({ at }, context) {
    const monday = mondayOf(at.toPlainDate());
    return missedIn(periodOf(monday.subtract({ days: 7 }), monday.subtract({ days: 1 })), context);
  },
});
