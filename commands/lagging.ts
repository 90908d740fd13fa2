import { z } from "zod";
import { anyone, scopeOf } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { laggingCard, lagOf } from "../src/plan/lagging.ts";
import type { Task } from "../src/plan/tasks.ts";

const LEVELS = {
  红色: "红",
  红色滞后: "红",
  黄色: "黄",
  黄色滞后: "黄",
  灰色: "灰",
  没报: "灰",
  未报: "灰",
  没报进度: "灰",
  未报进度: "灰",
  没填报: "灰",
  未填报: "灰",
} as const;

/** 滞后：what is behind its time schedule or unreported, worst first; for the whole city, one department or one county. */
export default command({
  name: "lagging",
  words: ["滞后", "滞后任务"],
  hints: [
    "任务",
    "没报",
    "未报",
    "没报进度",
    "未报进度",
    "没填报",
    "未填报",
    "谁没报",
    "落后",
    "没完成",
    "未完成",
    "进度慢",
    "拖后腿",
    "红灯",
    "黄灯",
    "掉队",
  ],
  impliedBy: ["level"],
  help: { does: "看滞后和未报的任务，可加部门或县（市、区）", example: "滞后 {department}" },
  mechanism: "task-lag-warning",
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    county: arg.maybe.county(),
    department: arg.maybe.department(),
    level: arg.maybe.choice("等次", { 红: "红", 黄: "黄", 灰: "灰" }, { says: LEVELS }),
  }),

  async answer({ args: { county, department, level }, person }, { store, office, today }) {
    const own = scopeOf(person, office, today);
    const regionIds = county ? [office.heirOf(county, today).id] : own;
    const lag = await lagOf(store, office, today, {
      ...(department ? { departmentId: department.id } : {}),
      ...(regionIds && (county || !department) ? { regionIds } : {}),
    });
    const ofLevel = (tasks: readonly Task[]) =>
      tasks.filter((task) => level === undefined || task.standing.level === level);
    const whose =
      county?.short ??
      department?.short ??
      (own && person.regionId ? office.heirOn(person.regionId, today).short : "全市");
    const shown = { tasks: ofLevel(lag.tasks), city: lag.city && ofLevel(lag.city), own: lag.own };
    return laggingCard(`${whose}滞后任务`, shown, { office, today });
  },
});
