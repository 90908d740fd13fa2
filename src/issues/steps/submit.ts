import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { AFRESH } from "../../domain/issues/phase.ts";
import { UNIT } from "../../domain/issues/states.ts";
import { step } from "../step.ts";

/** 提交整改: the unit says what it has done, and shows it. */
export default step({
  id: "submit",
  words: { name: "提交整改" },
  from: ["acknowledged", "rectifying"],
  to: "submitted",
  by: UNIT,
  needs: { text: "measures", photos: true },
  form: z.object({
    measures: arg.longtext("整改措施和完成情况", { hint: "做了什么、谁负责、何时完成", maxLength: 1000 }),
  }),
  reads: ({ measures }) => ({ text: measures }),
  changes: (_, { by, at }) => ({
    ...AFRESH,
    submittedAt: at,
    submittedBy: by,
    confirmedAt: null,
    confirmedBy: null,
  }),
  told: ["lead", "office", "deciders"],
  pictures: true,
  owed: { whom: "县区", what: "整改", asked: "整改中", nearDue: true },
  button: { place: 40, style: "primary" },
});
