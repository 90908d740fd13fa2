import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { refuse } from "../../chat/refusal.ts";
import { ASSIGNERS, isEnd, type State, stateNames, UNIT_ACTS } from "../../domain/issues/states.ts";
import { step } from "../step.ts";
import reopen from "./reopen.ts";

/** 并案: it ends here and goes on as another, which must still be under way: what comes back after its end is no duplicate. */
export default step({
  id: "merge",
  words: { name: "并案" },
  from: ["draft", "returned", ...UNIT_ACTS],
  to: "merged",
  by: ASSIGNERS,
  form: z.object({ into: arg.text("并入的问题编号", { hint: "完整编号", maxLength: 30 }) }),
  into(issue, other) {
    if (other.id === issue.id) return refuse("usage", "不能并入自己，请填另一件问题的编号。");
    return isEnd(other.state) ? refuse("usage", ended(other), [`问题 ${other.no}`]) : null;
  },
  told: ["unit", "helpers", "drafter"],
  button: { place: 210, rare: true },
});

function ended({ no, state }: { no: string; state: State }): string {
  const says = `${no}${stateNames[state]}，不能再并入。`;
  if (state === "closed") return `${says}如是同一问题反弹，请对${no}办理“${reopen.words.name}”。`;
  return state === "merged" ? `${says}请并入它所并入的问题。` : `${says}请填还在办理的问题编号。`;
}
