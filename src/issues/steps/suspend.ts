import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { AFRESH } from "../../domain/issues/phase.ts";
import { ASSIGNERS, UNIT_ACTS } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 依法中止: no time runs against the unit while a court, a seizure or the like keeps it from acting. */
export default step({
  id: "suspend",
  words: { name: "依法中止", told: "依法中止" },
  from: UNIT_ACTS,
  to: "suspended",
  by: ASSIGNERS,
  needs: { text: "reason", due: "last-day" },
  form: z.object({ due: arg.deadline("中止至", { hint: "日期或天数" }), text: reason("中止的法定理由") }),
  changes: ({ state }, { due, today }) => ({
    ...AFRESH,
    resumeState: state,
    suspendedOn: today,
    suspendedUntil: due ?? null,
  }),
  told: ["unit", "lead", "helpers", "office"],
  button: { place: 140, rare: true },
});
