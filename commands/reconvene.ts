import { z } from "zod";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { callsMeetings, moveByWord } from "../src/meetings/convene.ts";

/** 改会：moves a meeting to another time or place; everybody who was invited is told. */
export default change({
  name: "reconvene",
  words: ["改会", "会议改期", "会议变更"],
  help: { does: "改会议的时间、地点或议程，并通知各单位", example: "改会 1 下周二10时 二楼会议室" },
  who: callsMeetings,
  audience: "person",
  args: z.object({
    said: arg.text("会议编号和新的时间、地点", { rest: true, maxLength: 1500, hint: "没写的不变" }),
  }),
  answer: ({ args: { said }, person }, context) => moveByWord(said, person, context),
});
