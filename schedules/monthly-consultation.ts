import { proposalJob } from "../src/meetings/jobs.ts";

/** 月度会商：asks the office to call the meeting about the month before. */
export default proposalJob("monthly-consultation", "月度会商提请");
