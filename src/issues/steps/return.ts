import { z } from "zod";
import { FOOT } from "../../domain/issues/ladders.ts";
import { UNIT } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 退回交办: not the unit's, or not clear whose. Once an issue, within a working day of the day on which it came. */
export default step({
  id: "return",
  words: {
    name: "退回交办",
    usedUp: "每件问题只能退回一次。请与市办联系改派，或按要求整改。",
    tooLate: () => "退回须在交办后1个工作日内提出，现已超过，请与市办联系改派。",
  },
  from: ["assigned"],
  to: "returned",
  by: UNIT,
  needs: { text: "reason" },
  form: z.object({ text: reason("退回理由", "不属本辖区，或责任不清") }),
  usedUp: ({ returns }) => returns > 0,
  tooLate: ({ termFrom }, { today, calendar }) =>
    today > calendar.addWorkingDays(Temporal.PlainDate.from(termFrom), 1).toString(),
  changes: ({ returns }) => ({ ...FOOT, returns: returns + 1 }),
  told: ["office", "assigner"],
  button: { place: 80 },
});
