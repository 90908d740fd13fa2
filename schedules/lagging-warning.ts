import { laggingCard } from "../src/chat/lagging.ts";
import { schedule } from "../src/chat/schedule.ts";
import { laggingAmong, tasksOf } from "../src/chat/tasks.ts";
import { shortDate } from "../src/chat/wording.ts";

/** 任务滞后预警：on the 1st and 16th, each lead department and county its own list, the office the whole. */
export default schedule({
  name: "lagging-warning",
  title: "任务滞后预警",
  cron: "0 9 1,16 * *",
  catchUp: "latest-within-7-days",

  async deliver(_slot, { store, office, today }) {
    const whole = laggingAmong(await tasksOf(store, office, today));
    const leads = new Set(office.pack.measures.flatMap((m) => m.lead));
    const people = await store.people.withRoles([
      "office",
      "county-lead",
      "county-liaison",
      "department-liaison",
    ]);
    return people.flatMap((person) => {
      const { regionId, departmentId } = person;
      // A department that leads nothing has no list of its own.
      if (departmentId !== null && !leads.has(departmentId)) return [];
      const own = whole.filter((task) => {
        if (regionId !== null) return task.region?.id === office.heirOn(regionId, today).id;
        return departmentId === null || task.measure.lead.includes(departmentId);
      });
      const whose =
        regionId !== null
          ? office.heirOn(regionId, today).short
          : departmentId !== null
            ? office.department(departmentId).short
            : "全市";
      return [
        {
          person,
          card: laggingCard(`任务滞后预警 ${whose} ${shortDate(today)}`, own, today),
          class: "must-not-repeat" as const,
        },
      ];
    });
  },
});
