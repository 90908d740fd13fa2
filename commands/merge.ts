import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { issueCard } from "../src/issues/card.ts";
import { lookButton } from "../src/issues/duplicates.ts";
import { mergeInto } from "../src/issues/merge.ts";
import merge from "../src/issues/steps/merge.ts";

/** 并案：the first issue ends and goes on as the second. */
export default change({
  name: "merge",
  words: ["并案"],
  help: { does: "把重复的问题并入另一件", example: "并案 {issue} {other issue}" },
  who: only("并案", "office", "supervision"),
  audience: "person",
  args: z.object({ no: arg.issue(), into: arg.issue() }),

  async answer({ args: { no, into }, person }, context) {
    const issue = await context.store.issues.byNo(no);
    if (issue === null) return refuse("unknown-issue", `没有编号为${no}的问题。发送“问题”看清单。`, ["问题"]);
    const seen = { issue: issue.id, version: issue.version };
    const done = await mergeInto(merge, { seen, into }, person, context);
    if (isRefusal(done)) return done;
    const card = await issueCard(done.merged, person, context, { title: `已并案：${no}并入${into}` });
    return { ...card, buttons: [...(card.buttons ?? []), lookButton(into)] };
  },
});
