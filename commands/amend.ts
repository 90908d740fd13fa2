import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { pressStep } from "../src/issues/press-step.ts";
import { issueSeen } from "../src/issues/sees.ts";
import amend, { corrections } from "../src/issues/steps/amend.ts";
import { stepAsked, whichIssue } from "../src/issues/steps-by-word.ts";
import { correctPaper } from "../src/papers/correct-paper.ts";
import { neitherOf, paperMeantBy, whichOfBoth } from "../src/papers/issue-or-paper.ts";

/** 更正：an order that nobody has acknowledged yet gets another text, deadline, level, place or category. */
export default change({
  name: "amend",
  words: [amend.words.name, "更正交办"],
  help: {
    does: "更正没有签收的交办：时限 6月20日、级别 重大、地点 城南路、类别、“描述”",
    example: "更正 {issue}",
  },
  audience: "person",
  who: only("更正交办", "office", "supervision"),
  form: "更正交办",
  args: z.object({ no: arg.maybe.issue(), ...corrections.shape }),

  async instead({ args: { no, ...said }, person }, context) {
    if (no === undefined) return whichIssue(amend.id, amend.words.name, person, context);
    const issue = await issueSeen(no, person, context);
    const isSaid = Object.values(said).some((value) => value !== undefined);
    const paper = isSaid ? null : await paperMeantBy(no, "更正", issue, person, context);
    if (paper !== null) return isRefusal(issue) ? null : whichOfBoth(paper, issue, "更正");
    if (isRefusal(issue)) return isSaid ? issue : neitherOf(no, issue);
    return isSaid ? null : stepAsked(amend, issue, {}, ["要更正的内容"]);
  },

  async answer({ args: { no = "", ...said }, person }, context) {
    const issue = await issueSeen(no, person, context);
    const paper = isRefusal(issue) ? await paperMeantBy(no, "更正", issue, person, context) : null;
    if (paper !== null) return correctPaper(paper.id, person, context);
    return isRefusal(issue) ? issue : pressStep(amend, issue, said, person, context);
  },
});
