import { z } from "zod";
import { anyone, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { laggingCard } from "../src/plan/lagging.ts";
import { laggingAmong, tasksOf } from "../src/plan/tasks.ts";

/** 滞后：what is behind its time schedule or unreported, worst first; for the whole city, one department or one county. */
export default command({
  name: "lagging",
  words: ["滞后", "滞后任务"],
  help: { does: "看滞后和未报的任务，可加部门或县（市、区）", example: "滞后 {department}" },
  who: anyone.withinScope("county"),
  args: z.object({ county: arg.maybe.county(), department: arg.maybe.department() }),

  async answer({ args: { county, department }, person }, { store, office, today }) {
    const own = scopeOf(person, office, today);
    const regionIds = county ? [office.heirOf(county, today).id] : own;
    const tasks = laggingAmong(
      await tasksOf(store, office, today, {
        ...(department ? { departmentId: department.id } : {}),
        ...(regionIds && (county || !department) ? { regionIds } : {}),
      }),
    );
    const whose =
      county?.short ??
      department?.short ??
      (own && person.regionId ? office.heirOn(person.regionId, today).short : "全市");
    return laggingCard(`${whose}滞后任务`, tasks, today);
  },
});
