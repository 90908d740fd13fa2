import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { isRefusal } from "../../chat/refusal.ts";
import { UNIT_ACTS } from "../../domain/issues/states.ts";
import { step } from "../step.ts";
import { subunitsNamed } from "../subunits.ts";

/** 转办: a county hands a matter down to its towns and bureaus, with a day of its own, and stays answerable for it. */
export default step({
  id: "hand-down",
  words: { name: "转办", told: "已转办" },
  from: UNIT_ACTS,
  to: "stay",
  by: ["liaison", "lead"],
  form: z.object({
    units: arg.maybe.text("转办单位", { hint: "本县（市、区）的镇街、部门，几个用顿号隔开", maxLength: 200 }),
    due: arg.maybe.deadline("办理期限", { hint: "日期或天数，不能晚于整改期限；不填同整改期限" }),
    leaving: arg.maybe.text("收回哪些单位", { hint: "可不填", maxLength: 200 }),
    text: arg.maybe.longtext("办理要求", { hint: "可不填", maxLength: 500 }),
  }),
  reads({ units, due, leaving, text }, { issue, office, today }) {
    const [handedDown, takenBack] = [units, leaving].map((said) =>
      subunitsNamed(said, issue, { office, today }),
    );
    if (isRefusal(handedDown)) return handedDown;
    if (isRefusal(takenBack)) return takenBack;
    return { text, parts: { handedDown, takenBack, helpBy: due, alone: "handed-down" } };
  },
  told: [],
  button: { place: 48 },
});
