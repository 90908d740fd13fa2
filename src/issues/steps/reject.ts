import { z } from "zod";
import { AFRESH, JUDGES, newTerm } from "../../domain/issues/phase.ts";
import { dueIfPast, reason } from "../fields.ts";
import { step } from "../step.ts";

/** 复核不通过: county or city sends it back to the unit. Once the county has confirmed, the review is the city's. */
export default step({
  id: "reject",
  words: { name: "复核不通过", done: "退回整改", told: "整改未通过复核" },
  from: ["submitted", "reviewing"],
  to: "rectifying",
  newRound: true,
  by: ["lead", ...JUDGES],
  entitled: ({ relation, headDecides }, { state }) =>
    relation === "city-lead" ? headDecides : relation !== "lead" || state !== "reviewing",
  notBy: ["submittedBy"],
  needs: { text: "reason", due: "if-past" },
  // The responsible unit asks for more time, it never gives itself any.
  dueBy: JUDGES,
  form: z.object({ text: reason("不通过的原因和要求"), due: dueIfPast }),
  changes: (on, taken) => ({
    ...newTerm(taken),
    ...AFRESH,
    rejections: on.rejections + 1,
  }),
  // A second rejection is as good a reason as a long delay.
  proposes: ({ rejections, supervisedAt }) =>
    rejections === 2 && supervisedAt === null ? "再次复核不通过" : null,
  told: ["unit", "lead", "helpers", "office"],
  setback: true,
  button: { place: 70 },
});
