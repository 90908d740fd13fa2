import { z } from "zod";
import { jobNamed } from "../src/calendar/job-named.ts";
import { resumeJob } from "../src/calendar/pause-job.ts";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";

const who = only("恢复任务", "office");

/** 恢复：a paused job runs again, and the office is asked about what fell into the pause. */
export default change({
  name: "resume",
  words: ["恢复", "恢复任务", "恢复发送"],
  help: { does: "恢复暂停的定时任务", example: "恢复 周通报" },
  who,
  audience: "person",
  form: "恢复任务",
  args: z.object({ said: arg.text("任务", { rest: true, maxLength: 60, hint: "例如“周通报”" }) }),

  async answer({ args: { said }, person }, context) {
    const job = jobNamed(said, context.schedules, (title) => `恢复 ${title}`);
    return isRefusal(job) ? job : resumeJob(job, person, context);
  },
});

/** 恢复 of a job that a card shows. */
export const resumeShown = action({
  name: "job.resume",
  label: "恢复",
  params: z.object({ job: z.string() }),
  fields: z.object({}),
  async press({ params, person }, context) {
    const forbidden = who.check({ person, args: {}, ...context });
    if (forbidden !== null) return forbidden;
    const job = context.schedules.find(({ name }) => name === params.job);
    if (job === undefined) return refuse("stale-action", "这项任务已停用。", ["日程"]);
    return resumeJob(job, person, context);
  },
});
