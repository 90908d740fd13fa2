import { z } from "zod";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { readMinutes } from "../src/domain/meetings/minutes-words.ts";
import { callsMeetings } from "../src/meetings/convene.ts";
import { minutesCard, writeMinutes } from "../src/meetings/minutes.ts";
import { minutesFault } from "../src/meetings/papers.ts";
import { meetingToMinute, numberAtHead } from "../src/meetings/which.ts";

/** 纪要：minutes as they are dictated or pasted, read into their sections; what isn't understood is asked. */
export default change({
  name: "minutes",
  words: ["纪要", "会议纪要", "写纪要"],
  help: {
    does: "写会议纪要：时间、参会、形势、研判、重点问题清单、会议要求",
    example: "纪要 形势：PM2.5同比下降 重点问题清单：1.城南路裸土覆盖（{county}，月底前） 会议要求：压实责任",
  },
  mechanism: ["monthly-consultation", "quarterly-review"],
  who: callsMeetings,
  audience: "person",
  args: z.object({ said: arg.maybe.longtext("纪要", { rest: true, maxLength: 8000 }) }),

  async instead({ args: { said = "" }, person }, context) {
    const { no, rest } = numberAtHead(said);
    if (rest !== "") return null;
    const meeting = await meetingToMinute(no, "", person, context);
    if (isRefusal(meeting)) return meeting;
    const fault = await minutesFault(meeting, context);
    return fault ?? minutesCard(meeting, await context.store.meetings.decisionsOf(meeting.id), context);
  },

  async answer({ args: { said = "" }, person }, context) {
    const { no, rest } = numberAtHead(said);
    const meeting = await meetingToMinute(no, rest, person, context);
    return isRefusal(meeting) ? meeting : writeMinutes(meeting, readMinutes(rest), person, context);
  },
});
