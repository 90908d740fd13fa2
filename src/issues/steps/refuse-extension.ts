import { z } from "zod";
import { ASSIGNERS } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 不同意延期 */
export default step({
  id: "refuse-extension",
  words: { name: "不同意延期", told: "延期未获同意" },
  from: ["acknowledged", "rectifying"],
  to: "stay",
  by: ASSIGNERS,
  notBy: ["extensionBy"],
  needs: { text: "reason", extension: "asked" },
  form: z.object({ text: reason("不同意的理由") }),
  changes: () => ({ extensionDue: null, extensionBy: null }),
  issues: "extension",
  told: ["unit", "lead"],
  button: { place: 130 },
});
