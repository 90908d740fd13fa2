import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { UNIT_ACTS } from "../../domain/issues/states.ts";
import { step } from "../step.ts";

/** 反馈情况: a unit that helps has done its part; whoever answers for the issue looks at it. */
export default step({
  id: "hand-in-part",
  words: { name: "反馈情况", told: "协办单位已反馈" },
  from: UNIT_ACTS,
  to: "stay",
  by: ["helper"],
  offered: ({ parts = [] }) => parts.some((state) => state === "assigned" || state === "acknowledged"),
  part: "hand-in",
  needs: { text: "measures" },
  form: z.object({
    measures: arg.longtext("办理措施和完成情况", { hint: "做了什么、谁负责、何时完成", maxLength: 1000 }),
  }),
  reads: ({ measures }) => ({ text: measures }),
  told: ["unit", "assigner"],
  pictures: true,
  button: { place: 41, style: "primary" },
});
