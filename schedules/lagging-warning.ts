import { isUnplaced, scopeName } from "../src/chat/access.ts";
import { schedule } from "../src/chat/schedule.ts";
import { shortDate } from "../src/chat/wording.ts";
import { laggingCard } from "../src/plan/lagging.ts";
import { laggingAmong, tasksOf } from "../src/plan/tasks.ts";
import type { Person } from "../src/store/people.ts";

const READERS = ["office", "county-lead", "county-liaison", "department-liaison"] as const;

/** 任务滞后预警：on the 1st and 16th, each lead department and county its own list, the office the whole; nothing where nothing lags. */
export default schedule({
  name: "lagging-warning",
  title: "任务滞后预警",
  when: { cron: "0 9 1,16 * *", dayRule: "next-working-day" },
  catchUp: "latest-within-7-days",
  audience: READERS,

  async deliver(_slot, { store, office, today }) {
    const whole = laggingAmong(await tasksOf(store, office, today));
    const listOf = (whose: Pick<Person, "regionId" | "departmentId">) => {
      const { regionId, departmentId } = whose;
      if (isUnplaced(whose, office, today)) return null;
      const own = whole.filter((task) => {
        if (regionId !== null) return task.region?.id === office.heirOn(regionId, today).id;
        return departmentId === null || task.measure.lead.includes(departmentId);
      });
      if (own.length === 0) return null;
      const title = `任务滞后预警 ${scopeName(whose, office, today)} ${shortDate(today)}`;
      return laggingCard(title, { tasks: own, city: null }, { office, today });
    };
    const kind = "must-not-repeat" as const;
    const deliveries = [];
    for (const person of await store.people.withRoles(READERS)) {
      const card = listOf(person);
      if (card !== null) deliveries.push({ to: { person }, card, class: kind });
    }
    for (const chat of await store.chats.bound()) {
      const card = listOf(chat);
      if (card !== null) deliveries.push({ to: { chat }, card, class: kind });
    }
    return deliveries;
  },
});
