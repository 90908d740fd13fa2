import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { proposeTransfer } from "../src/issues/transfer.ts";
import type { Issue } from "../src/store/issues.ts";

export { transferBundle, transferLetter, transferPage } from "../src/issues/transfer-papers.ts";

/** 移送：proposes that one or several issues of one unit go to discipline inspection; somebody else has to approve. */
export default change({
  name: "transfer",
  words: ["移送"],
  help: {
    does: "提请移送整改不力的问题：先登记调查、督促到位，再由市领导审批",
    example: "移送 {issue} “逾期拒不整改”",
  },
  mechanism: "referral",
  who: only("提请移送", "office", "supervision"),
  audience: "person",
  form: "提请移送",
  args: z.object({
    no: arg.issue(),
    reason: arg.longtext("移送事由", { hint: "处置不规范、整改不到位的具体情形", maxLength: 1000 }),
    others: arg.maybe.text("同一单位的其他问题编号", {
      hint: "用空格隔开，可不填",
      maxLength: 300,
      formOnly: true,
    }),
  }),

  async answer({ args: { no, reason, others }, person }, context) {
    const numbers = new Set([no, ...(others?.toUpperCase().match(/[A-Z]{1,6}-\d{4}-\d{1,6}/g) ?? [])]);
    const issues: Issue[] = [];
    for (const number of numbers) {
      const issue = await context.store.issues.byNo(number);
      if (issue === null)
        return refuse("unknown-issue", `没有编号为${number}的问题。发送“问题”看清单。`, ["问题"]);
      issues.push(issue);
    }
    if (reason.trim().length < 2) return refuse("usage", "请写明移送事由。");
    return proposeTransfer(issues, reason, person, context);
  },
});
