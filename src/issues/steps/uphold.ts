import { z } from "zod";
import { AFRESH, newTerm } from "../../domain/issues/phase.ts";
import { ASSIGNERS } from "../../domain/issues/states.ts";
import { dueIfPast, reason } from "../fields.ts";
import { step } from "../step.ts";

/** 不予退回: it stays the unit's. */
export default step({
  id: "uphold",
  words: { name: "不予退回", told: "退回未获同意" },
  from: ["returned"],
  to: "assigned",
  by: ASSIGNERS,
  needs: { text: "reason", due: "if-past" },
  form: z.object({ text: reason("不予退回的理由"), due: dueIfPast }),
  // The time to acknowledge begins anew: while the office considered the return, nobody could.
  changes: (_, taken) => ({ ...newTerm(taken), ...AFRESH, assignedAt: taken.at }),
  stamps: () => ({ acknowledgedAt: null }),
  told: ["unit", "lead", "helpers"],
  owed: { whom: "市办或督查", what: "处理退回", asked: "已退回" },
  button: { place: 90 },
});
