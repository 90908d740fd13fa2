import { z } from "zod";
import { TAKEN_ON } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 不同意作废: it goes on as if nobody had asked. */
export default step({
  id: "refuse-cancel",
  words: { name: "不同意作废", told: "作废未获同意" },
  from: TAKEN_ON,
  to: "stay",
  by: ["lead", "department", "city-lead"],
  notBy: ["cancelBy"],
  needs: { text: "reason", cancel: "asked" },
  form: z.object({ text: reason("不同意的理由") }),
  changes: () => ({ cancelBy: null }),
  told: ["unit", "lead", "office", "assigner"],
  button: { place: 228 },
});
