import { z } from "zod";
import { UNIT_ACTS } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 挂牌督办: the office's head puts it under supervision. */
export default step({
  id: "supervise",
  words: { name: "挂牌督办", told: "被挂牌督办", usedUp: "这件问题已经挂牌督办。" },
  from: [...UNIT_ACTS, "submitted", "reviewing"],
  to: "stay",
  by: ["city-lead"],
  needs: { text: "reason" },
  form: z.object({ text: reason("督办要求") }),
  usedUp: ({ supervisedAt }) => supervisedAt !== null,
  changes: (_, { at }) => ({ supervisedAt: at }),
  issues: "supervision",
  told: ["unit", "lead", "office", "supervision"],
  button: { place: 170, rare: true },
});
