import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { ASSIGNERS, UNIT_ACTS } from "../../domain/issues/states.ts";
import { step } from "../step.ts";

/** 调整协办: other units help, or have another deadline, or help no longer. */
export default step({
  id: "set-helpers",
  words: { name: "调整协办", told: "协办单位有调整" },
  from: ["returned", ...UNIT_ACTS],
  to: "stay",
  by: ASSIGNERS,
  form: z.object({
    helping: arg.maybe.units("增加协办单位", { hint: "部门或县区，几个用顿号隔开；已有的改协办期限" }),
    due: arg.maybe.deadline("协办期限", { hint: "日期或天数；不填同整改期限" }),
    leaving: arg.maybe.units("不再协办的单位", { hint: "可不填" }),
    text: arg.maybe.longtext("说明", { hint: "可不填", maxLength: 500 }),
  }),
  reads: ({ helping = [], due, leaving = [], text }) => ({
    text,
    parts: { helping, leaving, helpBy: due, alone: "helping" },
  }),
  told: ["unit"],
  button: { place: 105, rare: true },
});
