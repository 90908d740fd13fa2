import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { recordKindNamed } from "../src/duties/kinds.ts";
import { recordDone } from "../src/duties/record.ts";
import { recordMenu } from "../src/duties/record-menu.ts";
import { RECORDERS } from "../src/duties/record-rights.ts";

export { enterRecord, withdrawRecord } from "../src/duties/record-actions.ts";

/** 记录：something that the plan asks for was done: when, where, and what came of it. */
export default change({
  name: "record",
  words: ["记录", "记一次", "登记工作"],
  help: {
    does: "记一次走航、增雨、抽测等经常性工作；只说“记录”看有哪些",
    example: "记录 走航 {county} “高值2处，已通报园区”",
  },
  who: only("记录工作", ...RECORDERS),
  audience: "person",
  args: z.object({
    kind: arg.maybe.text("事项", { first: true, maxLength: 20 }),
    result: arg.maybe.longtext("结果", { called: ["结果"], maxLength: 500 }),
    period: arg.maybe.period(),
    county: arg.maybe.county(),
    place: arg.maybe.text("地点", { called: ["地点"], maxLength: 100 }),
  }),

  async instead({ args: { kind: word = "", result } }, { office }) {
    const kind = word === "" ? null : recordKindNamed(word, office.pack);
    if (isRefusal(kind)) return kind;
    return kind === null || result === undefined ? recordMenu(kind, office.pack) : null;
  },
  async answer({ args: { kind: word = "", result = "", ...said }, person }, context) {
    const kind = recordKindNamed(word, context.office.pack);
    return isRefusal(kind) ? kind : recordDone({ kind, result, ...said }, person, context);
  },
});
