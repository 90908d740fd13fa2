import type { Context, Schedule, SlotDelivery } from "../chat/command.ts";
import { schedule } from "../chat/schedule.ts";
import type { When } from "../domain/day-rule.ts";
import type { MeetingKind } from "../domain/meetings/kinds.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import type { Meeting } from "../store/meetings.ts";
import type { Reader } from "../store/store.ts";
import { meetingCard } from "./card.ts";
import { proposalCard } from "./proposal.ts";
import { peopleOfUnit, rollCall } from "./units.ts";
import {
  hasBegun,
  meetingName,
  meetingTimeWords,
  periodBefore,
  settingOf,
  workingDaysBefore,
} from "./words.ts";

/** The job that asks the office to call a meeting of a kind, on the working day that the pack names. */
export function proposalJob(kind: MeetingKind, title: string): Schedule {
  const of = kind === "monthly-consultation" ? "month" : "quarter";
  const on = (workingDay: number): When => ({ workingDay, of, at: "09:00" });
  return schedule({
    name: kind,
    title,
    mechanism: kind,
    when: on(of === "month" ? 3 : 5),
    whenIn: (pack: PlanPack) => on(pack.settings.meetings[kind].proposeOn),
    catchUp: "latest-within-7-days",
    audience: ["office"],

    async deliver(_slot, context) {
      const { store, today } = context;
      const period = periodBefore(kind, today);
      if ((await store.meetings.ofPeriod(kind, period)) !== null) return [];
      const card = proposalCard(kind, period, context);
      const office = await store.people.withRoles(["office"]);
      return office.map((person) => ({ to: { person }, card, class: "must-not-repeat" as const }));
    },
  });
}

/** So far ahead meetings are looked at; their reminders come some working days before them. */
const AHEAD = 60;

/** What a day has to tell of meetings that are to come: who hasn't answered is asked again, who comes is reminded. */
export async function remindersOn(context: Context<Reader>): Promise<SlotDelivery[]> {
  const { store, office, today } = context;
  const deliveries: SlotDelivery[] = [];
  for (const meeting of await store.meetings.between(
    today.toString(),
    today.add({ days: AHEAD }).toString(),
  )) {
    const { remindBefore } = settingOf(meeting.kind, office);
    if (hasBegun(meeting, context)) continue;
    if (!workingDaysBefore(meeting.date, remindBefore, office).equals(today)) continue;
    deliveries.push(...(await remindersOf(meeting, context)));
  }
  return deliveries;
}

async function remindersOf(meeting: Meeting, context: Context<Reader>): Promise<SlotDelivery[]> {
  const { store, today } = context;
  const deliveries = new Map<number, SlotDelivery>();
  const when = meetingTimeWords(meeting, today);
  for (const { unit, presence } of await rollCall(meeting, context)) {
    if (presence === "excused") continue;
    const isSilent = presence === "silent";
    const sent = unit.delegateId === null || isSilent ? [] : await store.people.reaching(unit.delegateId);
    const look = isSilent
      ? { title: `请报名：${meetingName(meeting)}`, line: "您的单位还没有报参会、请假或派员。" }
      : { title: `会议提醒：${meetingName(meeting)}（${when}）` };
    for (const person of presence === "delegated" ? sent : await peopleOfUnit(unit, context))
      if (!deliveries.has(person.id))
        deliveries.set(person.id, {
          to: { person },
          card: await meetingCard(meeting, person, context, look),
          class: "card",
        });
  }
  return [...deliveries.values()];
}
