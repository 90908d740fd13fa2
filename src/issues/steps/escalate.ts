import { z } from "zod";
import { atRung, type Climbed, rungOn, TOP_RUNG } from "../../domain/issues/ladders.ts";
import { ASSIGNERS, type State, UNIT_ACTS } from "../../domain/issues/states.ts";
import { reason } from "../fields.ts";
import { step } from "../step.ts";

/** 上报市攻坚办: to the top of the ladder at once. */
export default step({
  id: "escalate",
  words: { name: "上报市攻坚办", told: "已报市攻坚办", usedUp: "这件问题已经报市攻坚办。" },
  from: UNIT_ACTS,
  to: "stay",
  by: ASSIGNERS,
  needs: { text: "reason" },
  form: z.object({ text: reason("上报事由") }),
  usedUp: (on) => rungOn(on, matterOf(on)) >= TOP_RUNG,
  changes: (on) => atRung(matterOf(on), TOP_RUNG),
  told: ["unit", "lead", "supervision"],
  button: { place: 160, rare: true },
});

/** What the unit leaves undone where the issue stands. */
function matterOf({ state }: Climbed & { state: State }) {
  return state === "assigned" ? "ack" : "mend";
}
