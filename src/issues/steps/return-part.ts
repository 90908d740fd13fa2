import { z } from "zod";
import { ASSIGNERS, UNIT, UNIT_ACTS } from "../../domain/issues/states.ts";
import { reason, whichParts } from "../fields.ts";
import { step } from "../step.ts";

/** 退回反馈: what a helping unit has handed in isn't enough; it does its part again. */
export default step({
  id: "return-part",
  words: { name: "退回反馈", told: "反馈被退回" },
  from: UNIT_ACTS,
  to: "stay",
  by: [...UNIT, ...ASSIGNERS],
  offered: ({ handedIn = 0 }) => handedIn > 0,
  part: "send-back",
  needs: { text: "reason" },
  form: z.object({ text: reason("缺什么", "还要做什么、补什么材料"), units: whichParts }),
  told: ["helpers"],
  setback: true,
  button: { place: 43, style: "danger" },
});
