import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { isWaiting } from "../src/domain/papers/course.ts";
import { issueCard } from "../src/issues/card.ts";
import { pressStep } from "../src/issues/press-step.ts";
import { issueSeen } from "../src/issues/sees.ts";
import { fieldsOf, meantStep, STEP_WORDS, stepAsked, whichIssue } from "../src/issues/steps-by-word.ts";
import { actOnPaper } from "../src/papers/act-on-paper.ts";
import { neitherOf, paperMeantBy, whichOfBoth } from "../src/papers/issue-or-paper.ts";

/** What is done with issues by these words is done with papers, too: 退回 12号 “数字再核”, 撤回 12号 “发错”. */
const PAPERS = {
  [STEP_WORDS.退回 as string]: { word: "退回", act: "return", lacks: "意见", example: "数字再核" },
  [STEP_WORDS.撤回 as string]: { word: "撤回", act: "withdraw", lacks: "原因", example: "发错对象" },
} as const;

/** 办理：a step of the loop by word, 签收 6: judged, done and answered as by its button. */
export default change({
  name: "step",
  words: ["办理", ...Object.keys(STEP_WORDS)],
  // 撤回6号交办
  hints: ["交办", "问题"],
  help: {
    does: "用文字办理问题：签收、开始整改、提交整改、申请延期、退回、撤回、作废、同意、不同意、销号",
    example: "办理 {issue}",
  },
  mechanism: "assignment-loop",
  who: anyone,
  audience: "person",
  args: z.object({
    step: arg.maybe.choice("怎样办理", STEP_WORDS),
    no: arg.maybe.issue(),
    due: arg.maybe.deadline("期限"),
    reason: arg.maybe.longtext("说明", { maxLength: 1000 }),
  }),

  async instead({ args: { step: word, no, reason, due }, person }, context) {
    if (word === undefined) {
      if (no === undefined) return refuse("usage", "请写明怎样办理哪一件，例如“签收 6”。", ["今日"]);
      const shown = await issueSeen(no, person, context);
      return isRefusal(shown) ? shown : issueCard(shown, person, context);
    }
    const said = Object.entries(STEP_WORDS).find(([, meant]) => meant === word)?.[0] ?? "";
    if (no === undefined) return whichIssue(word, said, person, context);
    const issue = await issueSeen(no, person, context);
    const papers = PAPERS[word];
    const paper = papers ? await paperMeantBy(no, papers.word, issue, person, context) : null;
    if (papers && paper !== null) {
      if (!isRefusal(issue)) return whichOfBoth(paper, issue, papers.word);
      const isOpen = papers.act === "return" ? isWaiting(paper.state) : paper.state !== "withdrawn";
      return reason === undefined && isOpen
        ? refuse("usage", `请写明${papers.lacks}，例如：${papers.word} ${paper.id}号 “${papers.example}”。`)
        : null;
    }
    if (isRefusal(issue)) return papers ? neitherOf(no, issue) : issue;
    const step = await meantStep(word, issue, person, context);
    // A date that the step has no use for belongs to what is said: it isn't dropped.
    if (due !== undefined && !("due" in step.form.shape))
      return refuse(
        "usage",
        `“${step.words.name}”不填期限。日期是说明里的话，请加引号，例如：${said} ${issue.no} “请今天办”。`,
      );
    const { lacking } = fieldsOf(step, { reason, due });
    return lacking.length > 0 ? stepAsked(step, issue, { reason, due }, lacking) : null;
  },

  async answer({ args: { step: word, no = "", reason, due }, person }, context) {
    const issue = await issueSeen(no, person, context);
    const papers = PAPERS[word ?? ""];
    const paper = papers ? await paperMeantBy(no, papers.word, issue, person, context) : null;
    if (papers && paper !== null) {
      const deed = { act: papers.act, version: paper.version, text: reason };
      return actOnPaper(paper.id, deed, person, context);
    }
    if (isRefusal(issue)) return issue;
    const step = await meantStep(word ?? "", issue, person, context);
    return pressStep(step, issue, fieldsOf(step, { reason, due }).fields, person, context);
  },
});
