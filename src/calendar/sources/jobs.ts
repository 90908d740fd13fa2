import type { Context } from "../../chat/command.ts";
import { says } from "../../chat/says.ts";
import type { When } from "../../domain/day-rule.ts";
import { holdsRole } from "../../domain/posts.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { type DatedEvent, eventSource } from "../event.ts";
import { audienceWords, isForThem } from "../job-audience.ts";
import { type JobSlot, slotPlace, slotsOf } from "../job-slots.ts";
import { slotWords } from "../slot-words.ts";

const toCalendar = says("日程");

/** What the clock sends: to the office each job's slots with what became of them, to others those that they get. */
export default eventSource({
  id: "jobs",
  async events({ from, to, person }, context) {
    const { office, schedules } = context;
    const { timeZone } = office.pack;
    const span = {
      from: from.toZonedDateTime({ timeZone }).epochMilliseconds,
      to: to.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds - 1,
    };
    const events: DatedEvent[] = [];
    for (const job of schedules.filter((one) => isForThem(one, person)))
      for (const slot of await slotsOf(job, span, context)) events.push(await eventOf(slot, person, context));
    return events;
  },
});

/** What looks every day, or every working day. */
const isDaily = (when: When): boolean =>
  "workingDay" in when ? when.workingDay === "every" : when.cron.endsWith(" * * *");

async function eventOf(one: JobSlot, person: Person, context: Context<Reader>): Promise<DatedEvent> {
  const { office } = context;
  const { job, slot, due, run, move, pause } = one;
  const forOffice = holdsRole(person, "office");
  const place = office.local(Temporal.Instant.fromEpochMilliseconds(slotPlace(one)));
  const iso = (at: number) =>
    office.local(Temporal.Instant.fromEpochMilliseconds(at)).toString({ timeZoneName: "never" });
  const state = run?.state ?? (pause === null ? "coming" : "to-be-paused");
  const isOff = state === "skipped" || state === "paused" || state === "to-be-paused";
  const changes = [move?.movedAt, run?.at, pause?.pausedAt].filter((at) => at !== undefined);
  return {
    key: `${job.name}/${Temporal.Instant.fromEpochMilliseconds(slot)}`,
    from: place.toPlainDate(),
    to: place.toPlainDate(),
    time: place.toPlainTime(),
    title: job.title,
    words: await slotWords(one, forOffice, context),
    ...(forOffice ? { audience: audienceWords(job) } : {}),
    standing: isOff ? "off" : run === null ? "coming" : "done",
    say: toCalendar("", job.title).say,
    ...(isDaily(job.when) ? { routine: job.name } : {}),
    ...(move === null ? {} : { times: move.times }),
    ...(changes.length === 0 ? {} : { changedAt: Math.max(...changes) }),
    facts: {
      job: job.name,
      slot: iso(slot),
      due: iso(due),
      state,
      ...(forOffice ? { audience: job.audience } : {}),
      ...(forOffice && run !== null ? { deliveries: run.deliveries } : {}),
      ...(forOffice && move !== null ? { movedBecause: move.reason } : {}),
      ...(forOffice && pause !== null ? { pausedBecause: pause.reason } : {}),
    },
  };
}
