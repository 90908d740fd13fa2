import { z } from "zod";
import { afoot } from "../../domain/issues/ladders.ts";
import { JUDGES, mayJudge } from "../../domain/issues/phase.ts";
import { opinion } from "../fields.ts";
import { step } from "../step.ts";

/** 复核通过: the city has found it good, or its lead where nobody else is left to look, and the issue is closed; where the pack asks for it, after the public has seen it. */
export default step({
  id: "verify",
  words: { name: "复核通过", done: "销号" },
  from: ["reviewing", "displayed"],
  to: "closed",
  by: JUDGES,
  entitled: mayJudge,
  notBy: ["submittedBy", "confirmedBy"],
  needs: { displayed: true },
  form: z.object({ text: opinion }),
  changes: () => afoot("decide"),
  stamps: ({ by, at }) => ({ closedAt: at, closedBy: by }),
  spotCheck: true,
  told: ["unit", "lead", "helpers", "assigner", "drafter"],
  owed: { whom: "市办或督查", what: "复核", asked: "待市级复核" },
  button: { place: 60, style: "primary" },
});
