import { z } from "zod";
import { pauseForm } from "../src/calendar/job-forms.ts";
import { jobNamed } from "../src/calendar/job-named.ts";
import { pauseJob } from "../src/calendar/pause-job.ts";
import { dateSaid, readOrder } from "../src/calendar/said.ts";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";

const who = only("暂停任务", "office");

/** 暂停：nothing of a job goes out until a day is over, or until 恢复. */
export default change({
  name: "pause",
  words: ["暂停", "暂停任务", "暂停发送"],
  help: { does: "暂停一项定时任务，须写原因", example: "暂停 周通报 到6月30日 “国庆期间”" },
  who,
  audience: "person",
  form: "暂停任务",
  args: z.object({
    said: arg.text("任务、止期和原因", {
      rest: true,
      maxLength: 200,
      hint: "例如“周通报 到6月30日 “国庆期间””；不写止期，到恢复为止",
    }),
  }),

  async answer({ args: { said }, person: by }, context) {
    const { job: word, slot, to, reason } = readOrder(said, context.schedules);
    const job = jobNamed(word, context.schedules, (title) => `暂停 ${said.replace(word, title)}`);
    if (isRefusal(job)) return job;
    if (slot !== "") return refuse("usage", `看不懂“${slot}”。从现在起暂停，止期写成“到6月30日”。`);
    const until = to === "" ? null : dateSaid(to, context);
    if (isRefusal(until)) return until;
    return pauseJob(job, { until, reason, by }, context);
  },
});

/** 暂停 of a job that a card shows. */
export const pauseShown = action({
  name: "job.pause",
  label: "暂停",
  params: z.object({ job: z.string() }),
  fields: pauseForm,
  async press({ params, fields: { until, reason }, person: by }, context) {
    const forbidden = who.check({ person: by, args: {}, ...context });
    if (forbidden !== null) return forbidden;
    const job = context.schedules.find(({ name }) => name === params.job);
    if (job === undefined) return refuse("stale-action", "这项任务已停用。", ["日程"]);
    return pauseJob(job, { until: until ?? null, reason: reason.trim(), by }, context);
  },
});
