import { z } from "zod";
import { UNIT_ACTS } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 补充说明: a unit that helps says what it has done; whoever answers for the issue hands it in. */
export default step({
  id: "supplement",
  words: { name: "补充说明", told: "协办单位有补充说明" },
  from: UNIT_ACTS,
  to: "stay",
  by: ["helper"],
  needs: { text: "reason" },
  form: z.object({ text: reason("协办情况", "做了什么、谁负责、还需要什么") }),
  told: ["unit", "assigner"],
  button: { place: 45, style: "primary" },
});
