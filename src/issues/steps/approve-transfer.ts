import { z } from "zod";
import { opinion } from "../fields.ts";
import { step } from "../step.ts";

/** 同意移送 */
export default step({
  id: "approve-transfer",
  words: { name: "同意移送", done: "移送市纪委监委", told: "同意移送" },
  from: ["transferring"],
  to: "transferred",
  by: ["city-lead"],
  notBy: ["proposedBy"],
  form: z.object({ text: opinion }),
  changes: () => ({ resumeState: null }),
  file: "approved",
  told: ["office", "supervision"],
  owed: { whom: "市领导", what: "审批移送", asked: "移送待审批" },
  button: { place: 190, style: "primary" },
});
