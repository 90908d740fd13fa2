import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { issueCard } from "../src/issues/card.ts";
import { papersCard } from "../src/issues/papers-card.ts";
import { issueSeen } from "../src/issues/sees.ts";

// The buttons and files of an issue's card.
export { actions } from "../src/issues/actions.ts";
export { evidenceFile } from "../src/issues/papers.ts";

/** 问题 NO：one issue with its history and what this person can do about it. */
export default command({
  name: "issue",
  words: ["问题"],
  hints: [
    "谁负责",
    "责任单位",
    "到哪一步",
    "到哪步",
    "哪一步",
    "超了",
    "超期",
    "期限",
    "状态",
    "办得",
    "进展",
    "整改情况",
    "谁",
    "单子",
    "办理情况",
    "件",
  ],
  impliedBy: ["no"],
  help: { does: "看一件问题的情况和经过", example: "问题 {issue}" },
  who: anyone,
  audience: "scope",
  args: z.object({
    no: arg.issue(),
    more: arg.maybe.choice("更多操作", { 更多: "more" }),
    look: arg.maybe.choice("格式", { Word: "word" }, { says: { Word版: "word", Word文档: "word" } }),
  }),

  async answer({ args: { no, more, look }, person }, context) {
    const issue = await issueSeen(no, person, context);
    if (isRefusal(issue)) return issue;
    if (look !== undefined) return papersCard(issue, undefined, context);
    return issueCard(issue, person, context, { all: more !== undefined });
  },
});
