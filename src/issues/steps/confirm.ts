import { z } from "zod";
import { opinion } from "../fields.ts";
import { step } from "../step.ts";

/** 县级确认: the county's lead answers for it, the office where the lead can't. */
export default step({
  id: "confirm",
  words: { name: "县级确认", told: "已县级确认，待市级复核" },
  from: ["submitted"],
  to: "reviewing",
  by: ["lead", "office"],
  entitled: ({ relation, officeConfirms }) => relation !== "office" || officeConfirms,
  notBy: ["submittedBy"],
  form: z.object({ text: opinion }),
  changes: (_, { by, at }) => ({ escalation: 0, confirmedAt: at, confirmedBy: by }),
  told: ["office", "assigner"],
  pictures: true,
  owed: { whom: "县区领导", what: "确认", asked: "待确认" },
  button: { place: 50, style: "primary" },
});
