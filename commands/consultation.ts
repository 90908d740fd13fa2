import { conveneCommand } from "../src/meetings/convene.ts";

/** 会商：calls the monthly consultation; everybody it is for is invited. */
export default conveneCommand("monthly-consultation", {
  name: "consultation",
  words: ["会商", "月度会商", "会商会", "月度会商会"],
  help: { does: "定月度会商的时间、地点，并通知各单位报名", example: "会商 下周一9时30分 市政府301" },
});
