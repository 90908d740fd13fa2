import { z } from "zod";
import { ASSIGNERS, UNIT_ACTS } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 提请移送: it stands still until the office's head has decided. */
export default step({
  id: "propose-transfer",
  words: { name: "提请移送", told: "提请移送，待审批" },
  from: [...UNIT_ACTS, "submitted", "reviewing"],
  to: "transferring",
  by: ASSIGNERS,
  needs: { text: "reason" },
  form: z.object({ text: reason("提请移送的事由") }),
  changes: ({ state }, { by }) => ({ resumeState: state, proposedBy: by }),
  file: "proposed",
  told: ["city-lead"],
  button: { place: 180, style: "danger", rare: true },
});
