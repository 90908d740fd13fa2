import { z } from "zod";
import { AFRESH, JUDGES, mayJudge, newTerm } from "../../domain/issues/phase.ts";
import { dueIfPast, reason } from "../fields.ts";
import { step } from "../step.ts";

/** 公示有异议: what somebody of the public says against it holds, and it goes back to the unit. */
export default step({
  id: "object",
  words: { name: "公示有异议", done: "公示有异议，退回整改", told: "公示有异议，须重新整改" },
  from: ["displayed"],
  to: "rectifying",
  newRound: true,
  by: JUDGES,
  entitled: mayJudge,
  needs: { text: "reason", due: "if-past" },
  form: z.object({ text: reason("异议情况和整改要求"), due: dueIfPast }),
  changes: (_, taken) => ({ ...newTerm(taken), ...AFRESH, displayedUntil: null }),
  told: ["unit", "lead", "helpers", "office"],
  setback: true,
  button: { place: 72 },
});
