import type { Schedule } from "../chat/command.ts";
import { schedule } from "../chat/schedule.ts";
import type { When } from "../domain/day-rule.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { TimeOfDay } from "../domain/time-of-day.ts";
import { draftForSlot, issueForSlot } from "./for-slot.ts";
import type { AnyOfficialPaper } from "./official-paper.ts";
import { termsOf } from "./terms.ts";

/**
 * The jobs of a kind of paper: at its slot it goes out, or is drafted for whoever has to sign it; where it is drafted earlier on
 * that day, a job of its own does that.
 */
export function jobsOf(kind: AnyOfficialPaper, pack: PlanPack): Schedule[] {
  const { clock, id: name, title, words } = kind;
  if (clock === undefined) return [];
  const terms = termsOf(kind, pack);
  const days = onWorkingDay(clock.when, terms.workingDay);
  const when = terms.at === undefined ? days : atTime(days, terms.at);
  const draftedAt = terms.draftedAt ?? clock.draftedAt;
  const draft =
    draftedAt === undefined
      ? undefined
      : schedule({
          name: `${name}-draft`,
          title: `${title}拟稿`,
          when: atTime(when, draftedAt),
          catchUp: clock.catchUp,
          audience: ["office"],
          prepares: name,
          deliver: (slot, context) => draftForSlot(kind, slot, when, context),
        });
  const issue = schedule({
    ...{ name, title, words, when, catchUp: clock.catchUp },
    ...(clock.period ? { publishes: clock.period } : {}),
    audience: clock.readers,
    ...(clock.groups ? { groups: true } : {}),
    ...(draftedAt === undefined && terms.signing !== "none" ? { drafts: true } : {}),
    ...(draft === undefined ? {} : { preparedBy: draft }),
    deliver: (slot, context) => issueForSlot(kind, slot, context),
  });
  return draft === undefined ? [issue] : [draft, issue];
}

/** Another working day of the month or quarter; nothing else where it isn't counted in working days. */
const onWorkingDay = (when: When, workingDay: number | undefined): When =>
  workingDay !== undefined && "of" in when ? { ...when, workingDay } : when;

/** The same days at another time of the day. */
export function atTime(when: When, at: TimeOfDay): When {
  if (!("cron" in when)) return { ...when, at };
  const [hour, minute] = at.split(":").map(Number);
  return { ...when, cron: when.cron.replace(/^\S+ \S+/, `${minute} ${hour}`) };
}
