import type { Calendar } from "../domain/calendar.ts";
import { dueOn, LAST_WORKING_DAY } from "../domain/day-rule.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { Schedule, Slot } from "./command.ts";

/** When a slot goes out by the office's calendar, which may move it off its planned day; null where it doesn't. */
export function slotDue(
  { when }: Pick<Schedule, "when">,
  { at }: Slot,
  calendar: Calendar,
): Temporal.ZonedDateTime | null {
  const day = dueOn(when, at.toPlainDate(), calendar);
  return day?.toZonedDateTime({ timeZone: at.timeZoneId, plainTime: at.toPlainTime() }) ?? null;
}

/** A job as it runs in the office of a plan pack. */
export const jobIn = (job: Schedule, pack: PlanPack): Schedule =>
  job.whenIn === undefined ? job : { ...job, when: job.whenIn(pack) };

/** Declares a job. @throws RangeError for a working day that not every month or quarter has. */
export function schedule(spec: Omit<Schedule, "kind">): Schedule {
  const { when } = spec;
  if ("of" in when && !(when.workingDay >= 1 && when.workingDay <= LAST_WORKING_DAY[when.of]))
    throw new RangeError(`${spec.name}: not every ${when.of} has a working day no. ${when.workingDay}`);
  return { kind: "schedule", ...spec };
}
