import { z } from "zod";
import { AFRESH } from "../../domain/issues/phase.ts";
import { TAKEN_ON } from "../../domain/issues/states.ts";
import { opinion } from "../fields.ts";
import { step } from "../step.ts";

/** 同意作废: by the responsible county's lead or department, or by the city's lead; never by whoever asked. */
export default step({
  id: "approve-cancel",
  words: { name: "同意作废" },
  from: TAKEN_ON,
  to: "cancelled",
  by: ["lead", "department", "city-lead"],
  notBy: ["cancelBy"],
  needs: { cancel: "asked" },
  form: z.object({ text: opinion }),
  changes: () => ({ ...AFRESH, cancelBy: null, resumeState: null }),
  takesBack: true,
  told: ["unit", "lead", "helpers", "office", "assigner"],
  owed: { whom: "县区领导、责任部门或市领导", what: "同意作废", asked: "待同意作废" },
  button: { place: 226, style: "primary" },
});
