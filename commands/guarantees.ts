import { z } from "zod";
import { anyone, scopeOf } from "../src/chat/access.ts";
import { withReason } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import type { Region } from "../src/domain/plan/pack.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { guaranteeCard, guaranteeFacts, guaranteeState } from "../src/seasons/card.ts";
import { guaranteeNamed, guaranteePeriod, guaranteesIn } from "../src/seasons/guarantees.ts";

export { cancelGuarantee } from "../src/seasons/actions.ts";

const toOne = says("保障");
const toSetting = says("设定保障");

/** 保障：the events and seasons with targets of their own; one of them with each place, and day by day. */
export default command({
  name: "guarantees",
  words: ["保障", "重大活动保障", "活动保障", "取消保障", "撤销保障"],
  hints: [
    "保障期",
    "保障期间",
    "保障措施",
    "保障情况",
    "秋冬季目标",
    "秋冬季攻坚",
    "秋冬季目标完成情况",
    "秋冬季完成情况",
  ],
  mechanism: "major-event-guarantee",
  help: { does: "看重大活动保障和秋冬季的目标、措施、逐日数据", example: "保障" },
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    county: arg.maybe.county(),
    period: arg.maybe.period(),
    name: arg.maybe.text("名称", { maxLength: 30 }),
    reason: arg.maybe.text("取消原因", { behind: "name", maxLength: 200 }),
  }),

  shows: async (name, _person, context) =>
    (await guaranteesIn(context))
      .filter((one) => one.name.includes(name))
      .map((one) => ({ name: one.name, what: "保障", say: toOne("", `“${one.name}”`).say })),

  async answer({ args: { county, period, name, reason }, person }, context) {
    const { office, today } = context;
    const all = await guaranteesIn(context);
    const [from, to] = [period?.from.toString() ?? "", period?.to.toString() ?? "9999"];
    const within = all.filter((one) => one.from <= to && from <= one.to);
    // 保障 秋冬季 says a season, which is one of them.
    const named =
      name === undefined
        ? (within.find((one) => one.from === from && one.to === to) ?? null)
        : guaranteeNamed(all, name);
    if (isRefusal(named)) return named;
    if (named !== null) {
      const day =
        Temporal.PlainDate.compare(guaranteePeriod(named).to, today) < 0 ? guaranteePeriod(named).to : today;
      const own = scopeOf(person, office, today);
      const regions = office.regionsOf({ to: day }, today);
      const asked = county === undefined ? null : office.heirOf(county, day);
      const seen = regions.filter(({ id }) => own === null || own.includes(id));
      const places: [Region, ...Region[]] = asked === null ? [office.city, ...seen] : [asked];
      return withReason(await guaranteeCard(named, places, person, context), reason);
    }
    return {
      title: `${period?.label ?? ""}重大活动和秋冬季保障（${within.length}项）`,
      blocks: [
        within.length === 0
          ? { kind: "text", text: "没有设定保障。" }
          : {
              kind: "table",
              columns: ["名称", "时间", "状态"].map((title) => ({ title })),
              rows: within.map((one) => [one.name, guaranteePeriod(one).label, guaranteeState(one, today)]),
              opens: within.map((one) => toOne("", `“${one.name}”`).say),
            },
      ],
      buttons: holdsRole(person, "office") ? [toSetting("设定保障")] : [],
      facts: { rows: within.map(guaranteeFacts) },
    };
  },
});
