import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { UNIT } from "../../domain/issues/states.ts";
import { step } from "../step.ts";

/** 开始整改: the unit says what it is going to do. */
export default step({
  id: "start",
  words: { name: "开始整改" },
  from: ["acknowledged"],
  to: "rectifying",
  by: UNIT,
  form: z.object({
    text: arg.maybe.longtext("整改方案", { hint: "措施、责任人、时间，可不填", maxLength: 1000 }),
  }),
  told: ["assigner"],
  button: { place: 30 },
});
