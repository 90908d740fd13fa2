import { conveneCommand } from "../src/meetings/convene.ts";

/** 点评会：calls the quarterly review; everybody it is for is invited. */
export default conveneCommand("quarterly-review", {
  name: "quarterly",
  words: ["点评会", "季度点评会", "季度点评"],
  help: { does: "定季度点评会的时间、地点，并通知各单位报名", example: "点评会 下周一14时30分 市政府301" },
});
