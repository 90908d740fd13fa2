import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { papersCard } from "../src/issues/papers-card.ts";
import { issueSeen } from "../src/issues/sees.ts";

export { issuePage, issuePaper } from "../src/issues/issue-papers.ts";

const KINDS = {
  交办单: "order",
  督办单: "supervision",
  延期批复: "extension",
  销号公示: "display",
  销号单: "closing",
} as const;

/** 公文：the papers of an issue as Word, and as pictures of their pages: 交办单 6. */
export default command({
  name: "papers",
  words: ["公文", ...(Object.keys(KINDS) as (keyof typeof KINDS)[])],
  hints: ["文件", "Word版", "发一份", "打印"],
  help: {
    does: "看一件问题的公文：交办单、督办单、延期批复、销号公示、销号单（Word和图片）",
    example: "交办单 {issue}",
  },
  who: anyone,
  audience: "person",
  args: z.object({
    no: arg.issue(),
    kind: arg.maybe.choice("公文", KINDS, {
      says: { 督办通知: "supervision", 批复: "extension", 公示单: "display", 销号表: "closing" },
    }),
  }),

  async answer({ args: { no, kind }, person }, context) {
    const issue = await issueSeen(no, person, context);
    return isRefusal(issue) ? issue : papersCard(issue, kind, context);
  },
});
