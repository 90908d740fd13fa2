import { z } from "zod";
import { ASSIGNERS } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 作废: nobody has to mend it. */
export default step({
  id: "cancel",
  words: { name: "作废" },
  from: ["draft", "returned"],
  to: "cancelled",
  by: ASSIGNERS,
  needs: { text: "reason" },
  form: z.object({ text: reason("作废理由") }),
  takesBack: true,
  told: ["helpers", "drafter", "assigner"],
  button: { place: 230, style: "danger", rare: true },
});
