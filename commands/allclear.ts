import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { photoJustSent } from "../src/patrols/photo-sent.ts";
import { nothingFound, takePatrol } from "../src/patrols/record.ts";

/** 无问题：nothing was found on the patrol that somebody's newest photo is of. */
export default change({
  name: "allclear",
  words: ["无问题", "没有问题", "巡查 无问题", "巡查无问题", "未发现问题", "一切正常"],
  help: { does: "发完巡查照片后说一声没有发现问题", example: "无问题" },
  mechanism: "point-chiefs",
  who: only("巡查点位", "station-chief"),
  audience: "person",
  args: z.object({ station: arg.maybe.text("点位", { maxLength: 50, rest: true }) }),

  async answer({ args: { station = "" }, person }, context) {
    const { store, today } = context;
    const open = await store.patrols.unsaid(person.id, today.toString());
    if (open !== null) return nothingFound(open.id, person, context);
    const newest = await photoJustSent(person, context);
    if (newest === null)
      return refuse(
        "usage",
        "请先在点位拍照发给我（1小时以内），再说“无问题”；也可以把“巡查 无问题”写在照片说明里。",
        ["巡查"],
      );
    return takePatrol(newest, `${station} 无问题`.trim(), person, context);
  },
});
