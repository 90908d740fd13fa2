import { z } from "zod";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { cancelMeeting } from "../src/meetings/call.ts";
import { callsMeetings } from "../src/meetings/convene.ts";
import { meetingSeen, numberAtHead } from "../src/meetings/which.ts";

/** 取消会议：a meeting doesn't take place; everybody who was invited is told why. */
export default change({
  name: "calloff",
  words: ["取消会议", "会议取消"],
  help: { does: "取消会议，并通知各单位", example: "取消会议 1 与省厅会议冲突" },
  who: callsMeetings,
  audience: "person",
  args: z.object({ said: arg.text("会议编号和原因", { rest: true, maxLength: 300 }) }),

  async answer({ args: { said }, person }, context) {
    const { no, rest } = numberAtHead(said);
    if (no === null || rest.length < 2)
      return refuse("usage", "请写明会议编号和取消的原因，例如“取消会议 3 与省厅会议冲突”。", ["会议"]);
    const meeting = await meetingSeen(no, person, context);
    return isRefusal(meeting) ? meeting : cancelMeeting(meeting, rest, person, context);
  },
});
