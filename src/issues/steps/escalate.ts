import { z } from "zod";
import { TOP_RUNG } from "../../domain/issues/phase.ts";
import { ASSIGNERS, UNIT_ACTS } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 上报市攻坚办: to the top of the ladder at once. */
export default step({
  id: "escalate",
  words: { name: "上报市攻坚办", told: "已报市攻坚办", usedUp: "这件问题已经报市攻坚办。" },
  from: UNIT_ACTS,
  to: "stay",
  by: ASSIGNERS,
  needs: { text: "reason" },
  form: z.object({ text: reason("上报事由") }),
  usedUp: ({ escalation }) => escalation >= TOP_RUNG,
  changes: () => ({ escalation: TOP_RUNG }),
  told: ["unit", "lead", "supervision"],
  button: { place: 160, rare: true },
});
