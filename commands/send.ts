import { answerCommand } from "../src/meetings/by-word.ts";

/** 派员：a unit sends somebody else to a meeting. */
export default answerCommand("delegated", {
  name: "send",
  words: ["派员", "派人参会"],
  help: { does: "派本单位的人参加会议", example: "派员 {county}联络员" },
});
