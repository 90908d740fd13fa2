import { answerCommand } from "../src/meetings/by-word.ts";

/** 参会：a unit comes to a meeting. */
export default answerCommand("attending", {
  name: "attend",
  words: ["参会", "报名参会"],
  help: { does: "报本单位参加会议", example: "参会" },
});
