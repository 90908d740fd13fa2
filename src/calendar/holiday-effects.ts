import type { Context, Schedule } from "../chat/command.ts";
import { firstNamed, shortDate } from "../chat/wording.ts";
import type { StatutoryDay } from "../domain/calendar.ts";
import { type Office, withEntered } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import { comingSlots } from "./job-slots.ts";
import { slotTime } from "./slot-words.ts";

/** Slots that an answer names; the rest are counted. */
const NAMED = 5;

/**
 * What days that have just been entered do to slots that are to come, in Chinese sentences: which go out on another day, and
 * which the office has moved by hand to a day that is off now. Those stay: a time that was written stays. The context's office
 * is the one before.
 */
export async function effectsOnSlots(
  days: readonly StatutoryDay[],
  context: Pick<Context<Reader>, "store" | "office" | "now" | "schedules">,
): Promise<string[]> {
  const { office, schedules } = context;
  if (days.length === 0) return [];
  const after = { ...context, office: withEntered(office, await context.store.holidays.all()) };
  const shifted: string[] = [];
  const kept: string[] = [];
  for (const job of schedules.filter(isPeriodic)) {
    const dueBefore = new Map((await comingSlots(job, context)).map(({ slot, due }) => [slot, due]));
    for (const { slot, due, move } of await comingSlots(job, after)) {
      const was = dueBefore.get(slot);
      if (move === null && was !== undefined && was !== due)
        shifted.push(`${job.title}${slotTime(was, office)}→${slotTime(due, office)}`);
      if (move !== null && isOffNow(due, days, office))
        kept.push(`${job.title}${dayOf(slot, office)}一期（已改期到${slotTime(due, office)}）`);
    }
  }
  return [
    ...(shifted.length === 0 ? [] : [`因此改日发出：${listed(shifted)}。`]),
    ...(kept.length === 0 ? [] : [`${listed(kept)}现为休息日，仍按时发出；要改的请发送“改期”。`]),
  ];
}

/** What comes every working day isn't moved: it comes on others. */
const isPeriodic = ({ when }: Schedule): boolean => !("workingDay" in when && when.workingDay === "every");

const dayOf = (at: number, office: Office): string =>
  shortDate(office.today(Temporal.Instant.fromEpochMilliseconds(at)));

function isOffNow(due: number, days: readonly StatutoryDay[], office: Office): boolean {
  const day = office.today(Temporal.Instant.fromEpochMilliseconds(due)).toString();
  return days.some(({ date, kind }) => date === day && kind === "off");
}

const listed = (all: readonly string[]): string => firstNamed(all, NAMED, "期");
