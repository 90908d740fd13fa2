import { z } from "zod";
import { alertCard, mayExplain } from "../src/alerts/card.ts";
import { causeSaidButton } from "../src/alerts/explain.ts";
import { alertList } from "../src/alerts/list.ts";
import { alertSeen } from "../src/alerts/seen.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { isAboutData } from "../src/domain/alerts/readings.ts";
import { periodOf } from "../src/domain/period.ts";
import { mondayOf } from "../src/domain/week.ts";

export { assignAlert } from "../src/alerts/assign.ts";
export { chooseCause, explainCause, giveCause } from "../src/alerts/explain.ts";
export { causePhotoOf } from "../src/alerts/photo.ts";
export { causePhotoPaper } from "../src/alerts/photo-paper.ts";

/** 异常：which stations stand out now, which did, and what it came from. */
export default command({
  name: "alerts",
  words: ["异常", "异常情况", "实时预警", "异常预警"],
  hints: ["预警", "哪里异常", "数据异常", "存疑数据"],
  help: { does: "看哪些站点现在异常、本周有过哪些、原因是什么", example: "异常 {county}" },
  mechanism: "realtime-warning",
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    no: arg.maybe.number("编号", { bare: true, hint: "第几号异常" }),
    county: arg.maybe.county(),
    period: arg.maybe.period(),
    cause: arg.maybe.text("原因", { maxLength: 300, with: "no" }),
  }),

  async answer({ args: { no, county, period, cause }, person }, context) {
    if (no !== undefined) {
      if (!/^\d{1,9}$/.test(no))
        return refuse("bad-number", "异常的编号是整数，发送“异常”看清单。", ["异常"]);
      const one = await alertSeen(Number(no), person, context);
      if (isRefusal(one)) return one;
      const card = await alertCard(one, person, context);
      if (cause === undefined || isAboutData(one.rule) || !mayExplain(person)) return card;
      const said = causeSaidButton(one.id, cause, context.office.pack);
      return { ...card, buttons: [said, ...(card.buttons ?? [])] };
    }
    const { today } = context;
    const monday = mondayOf(today);
    return alertList(
      period ?? { ...periodOf(monday, monday.add({ days: 6 })), label: "本周" },
      county,
      person,
      context,
    );
  },
});
