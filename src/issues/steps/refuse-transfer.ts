import { z } from "zod";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 不同意移送: it goes on as if it had not been proposed. */
export default step({
  id: "refuse-transfer",
  words: { name: "不同意移送", told: "不同意移送" },
  from: ["transferring"],
  to: "back",
  by: ["city-lead"],
  notBy: ["proposedBy"],
  needs: { text: "reason" },
  form: z.object({ text: reason("不同意的理由") }),
  changes: () => ({ resumeState: null, proposedBy: null }),
  file: "refused",
  told: ["office", "supervision"],
  button: { place: 200 },
});
