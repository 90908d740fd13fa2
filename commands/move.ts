import { z } from "zod";
import { moveForm } from "../src/calendar/job-forms.ts";
import { jobNamed } from "../src/calendar/job-named.ts";
import { moveSlot } from "../src/calendar/move-slot.ts";
import { readMoment, readOrder } from "../src/calendar/said.ts";
import { slotById, slotNamed } from "../src/calendar/slot-named.ts";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { change } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";

const who = only("改期", "office");

/** 改期：one slot of a job goes out at another time, once. */
export default change({
  name: "move",
  words: ["改期"],
  help: {
    does: "把定时任务的一期改到别的时间，须写原因",
    example: "改期 周通报 6月22日 到 6月23日10时 “领导外出”",
  },
  who,
  audience: "person",
  form: "任务改期",
  args: z.object({
    said: arg.text("任务、原日期、新时间和原因", {
      rest: true,
      maxLength: 200,
      hint: "例如“周通报 6月22日 到 6月23日10时 “领导外出””",
    }),
  }),

  async answer({ args: { said }, person: by }, context) {
    const { office, schedules } = context;
    const { job: word, slot, from, to, reason } = readOrder(said, schedules);
    const job = jobNamed(word, schedules, (title) => `改期 ${said.replace(word, title)}`);
    if (isRefusal(job)) return job;
    const one = await slotNamed(slot, job, context);
    if (isRefusal(one)) return one;
    const due = office.local(Temporal.Instant.fromEpochMilliseconds(one.due)).toPlainDateTime();
    if (to === "")
      return refuse(
        "usage",
        `请写明改到什么时候，例如：改期 ${job.title} ${due.month}月${due.day}日 到 明天10时 “领导外出”。`,
      );
    const moment = readMoment(to, due, context);
    if (isRefusal(moment)) return moment;
    const known = from === "" ? null : readMoment(from, due, context);
    if (isRefusal(known)) return known;
    const seen = known?.toZonedDateTime(office.pack.timeZone).epochMilliseconds ?? null;
    return moveSlot(one, { to: moment, from: seen, reason, by }, context);
  },
});

/** 改期 of a slot that a card shows, with the time that the card shows. */
export const moveShown = action({
  name: "job.move",
  label: "改期",
  params: z.object({ job: z.string(), slot: z.int(), due: z.int() }),
  fields: moveForm,
  async press({ params, fields: { to, reason }, person: by }, context) {
    const forbidden = who.check({ person: by, args: {}, ...context });
    if (forbidden !== null) return forbidden;
    const one = await slotById(params, context);
    if (one === null) return refuse("stale-action", "这项任务或这一期已不在日程里。", ["日程"]);
    const due = context.office.local(Temporal.Instant.fromEpochMilliseconds(one.due)).toPlainDateTime();
    const moment = readMoment(to, due, context);
    if (isRefusal(moment)) return moment;
    return moveSlot(one, { to: moment, from: params.due, reason: reason.trim(), by }, context);
  },
});
