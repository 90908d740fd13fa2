import { proposalJob } from "../src/meetings/jobs.ts";

/** 季度点评会：asks the office to call the meeting about the quarter before. */
export default proposalJob("quarterly-review", "季度点评会提请");
