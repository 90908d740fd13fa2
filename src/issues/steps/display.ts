import { z } from "zod";
import { arg } from "../../chat/args.ts";
import { refuse } from "../../chat/refusal.ts";
import { shortDate } from "../../chat/wording.ts";
import { afoot } from "../../domain/issues/ladders.ts";
import { JUDGES, mayJudge } from "../../domain/issues/phase.ts";
import { step } from "../step.ts";
import { displayedUntil, displayTerm } from "../terms.ts";

/** 公示: the review has found it good, and the public may object until the last signature. */
export default step({
  id: "display",
  words: { name: "公示", done: "公示", told: "开始销号公示" },
  from: ["reviewing"],
  to: "displayed",
  by: JUDGES,
  entitled: mayJudge,
  notBy: ["submittedBy", "confirmedBy"],
  needs: { due: "last-day" },
  form: z.object({
    due: arg.maybe.deadline("公示至", { hint: "日期或天数；方案定有公示天数的可不填" }),
    text: arg.maybe.longtext("公示方式和意见", { hint: "可不填", maxLength: 500 }),
  }),
  reads({ due: said, text }, { issue, office, today }) {
    const least = displayedUntil(issue, office, today);
    if (said !== undefined && least !== null && Temporal.PlainDate.compare(said, least) < 0)
      return refuse("bad-date", `公示须到${shortDate(least)}或以后，请改写日期，或留空。`);
    const due = said ?? least ?? undefined;
    if (due === undefined) return { text };
    // As which term it lasts, where that is the pack's: the notice says so.
    const term = said === undefined ? displayTerm(office) : null;
    return {
      due,
      text: [`公示至${shortDate(due)}`, text?.trim()].filter(Boolean).join("；"),
      detail: { until: due.toString(), ...(term === null ? {} : { term }) },
    };
  },
  changes: (_, { due }) => ({ ...afoot("decide"), displayedUntil: due ?? null }),
  told: ["unit", "lead", "assigner"],
  owed: { whom: "市办或督查", what: "公示", asked: "待市级复核", displayed: true },
  button: { place: 57, style: "primary", rare: true },
});
