import { answerCommand } from "../src/meetings/by-word.ts";

/** 会议请假：a unit doesn't come to a meeting, and says why. */
export default answerCommand("excused", {
  name: "excuse",
  words: ["会议请假", "不参会"],
  help: { does: "向会议请假", example: "会议请假 外出开会" },
});
