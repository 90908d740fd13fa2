import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { Meeting } from "../store/meetings.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { meetingCard } from "./card.ts";
import { tellOfMeeting } from "./tell.ts";
import { peopleOfUnit, rollCall } from "./units.ts";
import { hasBegun, meetingName } from "./words.ts";

/** Those of units that haven't said whether they come. */
export async function silentPeople(meeting: Meeting, context: Context<Writer>): Promise<Person[]> {
  const found = new Map<number, Person>();
  for (const { unit, presence } of await rollCall(meeting, context))
    if (presence === "silent")
      for (const person of await peopleOfUnit(unit, context))
        if (!found.has(person.id)) found.set(person.id, person);
  return [...found.values()];
}

/** 催报名: the office reminds who hasn't answered; once a day. */
export async function urgeSilent(
  meeting: Meeting,
  by: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  if (meeting.state !== "called" || hasBegun(meeting, context))
    return refuse("conflict", `会议${meeting.id}不用再报名。`, [`会议 ${meeting.id}`]);
  const people = await silentPeople(meeting, context);
  if (people.length === 0) return refuse("already-done", "各单位都报了，不用再催。", [`会议 ${meeting.id}`]);
  const told = await remindSilent(meeting, people, context);
  if (told === 0) return refuse("already-done", "今天已经催过，明天再催。", [`会议 ${meeting.id}`]);
  const card = await meetingCard(meeting, by, context, { title: `已催报名：${meetingName(meeting)}` });
  return { ...card, blocks: [...card.blocks, { kind: "note", text: `已提醒${told}人` }] };
}

/** Reminds people to answer, once a day and round, whoever asks for it. @returns how many it told. */
export const remindSilent = (
  meeting: Meeting,
  people: readonly Person[],
  context: Context<Writer>,
): Promise<number> =>
  tellOfMeeting(
    meeting,
    people,
    {
      title: `请报名：${meetingName(meeting)}`,
      line: "您的单位还没有报参会、请假或派员。",
      of: `silent-${meeting.round}-${context.today}`,
      kind: "card",
    },
    context,
  );
