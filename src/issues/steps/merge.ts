import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { ASSIGNERS, UNIT_ACTS } from "../../domain/issues/states.ts";
import { step } from "../step.ts";

/** 并案: it ends here and goes on as another; what that changes there stands in `mergeInto`. */
export default step({
  id: "merge",
  words: { name: "并案" },
  from: ["draft", "returned", ...UNIT_ACTS],
  to: "merged",
  by: ASSIGNERS,
  form: z.object({ into: arg.text("并入的问题编号", { hint: "完整编号", maxLength: 30 }) }),
  told: ["unit", "helpers", "drafter"],
  button: { place: 210, rare: true },
});
