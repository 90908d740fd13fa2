import { z } from "zod";
import { isGiverOrOffice } from "../../domain/issues/giver.ts";
import { AFRESH } from "../../domain/issues/phase.ts";
import { ASSIGNERS } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 撤回: an order that nobody has acknowledged yet is taken back, as if it had not been given. */
export default step({
  id: "withdraw",
  words: {
    name: "撤回",
    told: "交办已撤回",
    elsewhere: "签收前才能撤回；确实不用再办的请办理“提请作废”，由责任单位或市领导同意",
  },
  from: ["assigned"],
  to: "withdrawn",
  by: ASSIGNERS,
  entitled: isGiverOrOffice,
  needs: { text: "reason" },
  form: z.object({ text: reason("撤回理由") }),
  changes: () => AFRESH,
  takesBack: true,
  told: ["unit", "helpers", "drafter", "assigner"],
  inPlace: true,
  button: { place: 138, style: "danger" },
});
