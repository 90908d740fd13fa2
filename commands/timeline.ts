import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { issueSeen } from "../src/issues/sees.ts";
import { timeline } from "../src/issues/timeline.ts";

const toIssue = says("问题");

export { timeline } from "../src/issues/timeline.ts";

/** 经过：an issue's course as a picture. */
export default command({
  name: "timeline",
  words: ["经过"],
  hints: ["问题", "办理", "办理经过", "过程", "流程", "办理过程", "时间线", "到哪一步"],
  help: { does: "看一件问题的办理经过图", example: "经过 {issue}" },
  who: anyone,
  audience: "scope",
  args: z.object({ no: arg.issue() }),

  async answer({ args: { no }, person }, context) {
    const issue = await issueSeen(no, person, context);
    if (isRefusal(issue)) return issue;
    return {
      title: `${no}办理经过`,
      blocks: [{ kind: "text", text: issue.title }],
      buttons: [toIssue(`看 ${no}`, no)],
      files: [timeline.file({ issue: issue.id }, { name: `${no}经过图.png`, picture: true })],
      facts: { no },
    };
  },
});
