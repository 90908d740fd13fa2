import { z } from "zod";
import { runForm } from "../src/calendar/job-forms.ts";
import { jobNamed } from "../src/calendar/job-named.ts";
import { runNow } from "../src/calendar/run-now.ts";
import { readOrder } from "../src/calendar/said.ts";
import { slotById, slotNamed } from "../src/calendar/slot-named.ts";
import { slotTime } from "../src/calendar/slot-words.ts";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";

/** What is further ahead than this is sent now only when its day was named. */
const SOON_MS = 86_400_000;

const who = only("执行任务", "office");

/** 立即执行：a slot of a job goes out now, and not again at its time. */
export default change({
  name: "runnow",
  words: ["立即执行", "马上执行"],
  help: { does: "马上发出定时任务的下一期，须写原因", example: "立即执行 周通报 “领导急用”" },
  who,
  audience: "person",
  form: "立即执行任务",
  args: z.object({
    said: arg.text("任务、日期和原因", {
      rest: true,
      maxLength: 200,
      hint: "例如“周通报 “领导急用””；不写日期是下一期",
    }),
  }),

  async answer({ args: { said }, person: by }, context) {
    const { job: word, slot, to, reason } = readOrder(said, context.schedules);
    const job = jobNamed(word, context.schedules, (title) => `立即执行 ${said.replace(word, title)}`);
    if (isRefusal(job)) return job;
    if (to !== "") return refuse("usage", "立即执行是现在就发；要改到别的时间，请用“改期”。");
    const one = await slotNamed(slot, job, context);
    if (isRefusal(one)) return one;
    if (slot === "" && reason !== "" && one.due - context.now.epochMilliseconds > SOON_MS) {
      const day = context.office.today(Temporal.Instant.fromEpochMilliseconds(one.slot));
      const at = slotTime(one.due, context.office);
      return refuse("conflict", `下一期要到${at}，现在发出，到时就不再发。确实要发的，请确认：`, [
        `立即执行 ${job.title} ${day} “${reason}”`,
      ]);
    }
    return runNow(one, { reason, by }, context);
  },
});

/** 立即执行 of a slot that a card shows. */
export const runShown = action({
  name: "job.run",
  label: "立即执行",
  params: z.object({ job: z.string(), slot: z.int() }),
  fields: runForm,
  async press({ params, fields: { reason }, person: by }, context) {
    const forbidden = who.check({ person: by, args: {}, ...context });
    if (forbidden !== null) return forbidden;
    const one = await slotById(params, context);
    if (one === null) return refuse("stale-action", "这项任务或这一期已不在日程里。", ["日程"]);
    return runNow(one, { reason: reason.trim(), by }, context);
  },
});
