import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { ASSIGNERS, UNIT_ACTS } from "../../domain/issues/states.ts";
import { step } from "../step.ts";

/** 催办: who gave it out reminds the unit by hand, once a day at most. */
export default step({
  id: "hasten",
  words: { name: "催办", told: "被催办", usedUp: "这件问题今天已经催办过，每天最多一次。" },
  from: UNIT_ACTS,
  to: "stay",
  by: ASSIGNERS,
  form: z.object({
    text: arg.maybe.longtext("催办要求", { hint: "可不填，如 请今天报进展", maxLength: 500 }),
  }),
  usedUp: ({ hastenedOn }, { today }) => hastenedOn === today,
  changes: (_, { today }) => ({ hastenedOn: today }),
  told: ["unit", "lead"],
  button: { place: 139 },
});
