import { z } from "zod";
import { isGiverOrOffice } from "../../domain/issues/giver.ts";
import { ASSIGNERS, TAKEN_ON } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 提请作废: the unit has taken it on, so that its leads or the city's have to agree; until then its clocks go on. */
export default step({
  id: "propose-cancel",
  words: {
    name: "提请作废",
    told: "提请作废，待同意",
    usedUp: "这件问题已经提请作废，请等待责任单位或市领导决定。",
  },
  from: TAKEN_ON,
  to: "stay",
  by: ASSIGNERS,
  entitled: isGiverOrOffice,
  needs: { text: "reason" },
  form: z.object({ text: reason("作废理由") }),
  usedUp: ({ cancelBy }) => cancelBy !== null,
  changes: (_, { by }) => ({ cancelBy: by }),
  told: ["unit", "lead", "city-lead"],
  button: { place: 224, style: "danger", rare: true },
});
