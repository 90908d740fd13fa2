import { z } from "zod";
import { AFRESH } from "../../domain/issues/phase.ts";
import { ASSIGNERS } from "../../domain/issues/states.ts";
import { opinion } from "../fields.ts";
import { step } from "../step.ts";

/** 同意延期 */
export default step({
  id: "grant-extension",
  words: { name: "同意延期", told: "延期已获同意" },
  from: ["acknowledged", "rectifying"],
  to: "stay",
  by: ASSIGNERS,
  notBy: ["extensionBy"],
  needs: { extension: "asked" },
  form: z.object({ text: opinion }),
  changes: ({ due, extensionDue, extensions }) => ({
    ...AFRESH,
    due: extensionDue ?? due,
    extensions: extensions + 1,
  }),
  issues: "extension",
  told: ["unit", "lead", "helpers"],
  owed: { whom: "市办或督查", what: "审批延期", asked: "延期" },
  button: { place: 120, style: "primary" },
});
