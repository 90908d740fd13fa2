import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { answerPaper } from "../src/papers/answer-paper.ts";
import { answerFields } from "../src/papers/answers.ts";
import { paperCard } from "../src/papers/paper-card.ts";
import { paperList } from "../src/papers/paper-list.ts";
import { paperSeen } from "../src/papers/sees.ts";

/** 回复：a paper that a unit has to answer, with the form for cause, measures and date. */
export default command({
  name: "reply",
  words: ["回复"],
  help: { does: "回复要求反馈的文件：打开后按“回复”填原因、措施和完成时间", example: "回复" },
  who: anyone,
  audience: "person",
  args: z.object({ no: arg.maybe.number("文件编号", { bare: true }) }),

  async answer({ args: { no }, person }, context) {
    if (no === undefined) return paperList({ state: "issued" }, person, context);
    const row = await paperSeen(Number(no), person, context);
    return isRefusal(row) ? row : paperCard(row, undefined, person, context);
  },
});

/** 回复 on a paper that waits for one's unit. */
export const answerIssued = action({
  name: "paper.answer",
  label: "回复",
  params: z.object({ paper: z.int() }),
  fields: answerFields,
  press: ({ params: { paper }, fields, person }, context) => answerPaper(paper, fields, person, context),
});
