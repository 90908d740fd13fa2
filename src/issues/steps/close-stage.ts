import { z } from "zod";
import { AFRESH, JUDGES, mayJudge, newTerm } from "../../domain/issues/phase.ts";
import { newDue, reason } from "../fields.ts";
import { step } from "../step.ts";

/** 阶段性办结: of a long matter one stage is good; what remains goes on with a deadline of its own. */
export default step({
  id: "close-stage",
  words: { name: "阶段性办结", told: "已阶段性办结" },
  from: ["reviewing"],
  to: "rectifying",
  newRound: true,
  by: JUDGES,
  entitled: mayJudge,
  notBy: ["submittedBy", "confirmedBy"],
  needs: { text: "reason", due: "deadline" },
  form: z.object({ text: reason("剩余任务和要求"), due: newDue }),
  changes: (on, taken) => ({ ...newTerm(taken), ...AFRESH, stages: on.stages + 1 }),
  told: ["unit", "lead", "helpers", "assigner"],
  button: { place: 65, rare: true },
});
