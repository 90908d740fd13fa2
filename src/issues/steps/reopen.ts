import { z } from "zod";
import { AFRESH, newTerm } from "../../domain/issues/phase.ts";
import { ASSIGNERS } from "../../domain/issues/states.ts";
import { newDue, reason } from "../fields.ts";
import { step } from "../step.ts";

/** 重新整改（反弹）: what was closed has come back. */
export default step({
  id: "reopen",
  words: { name: "重新整改（反弹）", done: "反弹重办", told: "问题反弹，须重新整改" },
  from: ["closed"],
  to: "rectifying",
  newRound: true,
  by: ASSIGNERS,
  needs: { text: "reason", due: "deadline" },
  form: z.object({ text: reason("反弹情况"), due: newDue }),
  changes: (on, taken) => ({
    ...newTerm(taken),
    ...AFRESH,
    reopenings: on.reopenings + 1,
    displayedUntil: null,
    supervisedAt: null,
    submittedAt: null,
    submittedBy: null,
    confirmedAt: null,
    confirmedBy: null,
    cancelBy: null,
  }),
  stamps: () => ({ closedAt: null, closedBy: null }),
  told: ["unit", "lead", "helpers", "office"],
  setback: true,
  button: { place: 220, rare: true },
});
