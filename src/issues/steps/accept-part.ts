import { z } from "zod";
import { ASSIGNERS, UNIT, UNIT_ACTS } from "../../domain/issues/states.ts";
import { whichParts } from "../fields.ts";
import { step } from "../step.ts";

/** 认可反馈: whoever answers for the issue, or gave it out, finds that a helping unit has done its part. */
export default step({
  id: "accept-part",
  words: { name: "认可反馈" },
  from: UNIT_ACTS,
  to: "stay",
  by: [...UNIT, ...ASSIGNERS],
  offered: ({ handedIn = 0 }) => handedIn > 0,
  part: "accept",
  form: z.object({ units: whichParts }),
  told: ["helpers"],
  button: { place: 42 },
});
