import { z } from "zod";
import { afoot } from "../../domain/issues/ladders.ts";
import { opinion } from "../fields.ts";
import { step } from "../step.ts";

/** 县级确认: the county's lead answers for it, the office where no lead can, the city's lead where nobody else can. */
export default step({
  id: "confirm",
  words: { name: "县级确认", told: "已县级确认，待市级复核" },
  from: ["submitted"],
  to: "reviewing",
  by: ["lead", "office", "city-lead"],
  entitled: ({ relation, officeConfirms, headDecides }) =>
    relation === "lead" || (relation === "office" ? officeConfirms : headDecides),
  notBy: ["submittedBy"],
  form: z.object({ text: opinion }),
  changes: (_, { by, at }) => ({ ...afoot("decide"), confirmedAt: at, confirmedBy: by }),
  told: ["office", "assigner", "deciders"],
  pictures: true,
  owed: { whom: "县区领导", what: "确认", asked: "待确认" },
  button: { place: 50, style: "primary" },
});
