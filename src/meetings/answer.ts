import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { answered, type RollCallAnswer } from "../domain/meetings/roll-call.ts";
import { holdsRole, inEachPost } from "../domain/posts.ts";
import { memberCalled } from "../members/find.ts";
import type { Meeting, MeetingUnit } from "../store/meetings.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { meetingCard } from "./card.ts";
import { redrawMeeting, tellOfMeeting } from "./tell.ts";
import { isOfInvited, unitWord } from "./units.ts";
import { meetingName, meetingTimeWords, startsAt } from "./words.ts";

/** What somebody says for their unit: 参会, 请假 and why, 派员 and whom by name. */
export type AnswerSaid =
  | { word: "attending" }
  | { word: "excused"; reason: string }
  | { word: "delegated"; name: string };

/** Takes a unit's answer to an invitation, and shows it on the office's list where that stands. In the caller's transaction. */
export async function answerCall(
  meeting: Meeting,
  unit: MeetingUnit,
  said: AnswerSaid,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now } = context;
  const word = unitWord(unit, context);
  if (!isOfInvited(person, unit, context))
    return refuse("forbidden", `您不是${word}的人员，不能替${word}报名。`);
  const delegate = said.word === "delegated" ? await delegateOf(meeting, unit, said.name, context) : null;
  if (isRefusal(delegate)) return delegate;
  const answer: RollCallAnswer =
    said.word === "delegated" ? { word: "delegated", delegateId: (delegate as Person).id } : said;
  const { state, round } = meeting;
  const at = now.epochMilliseconds;
  const next = answered(unit, answer, { state, round, startsAt: startsAt(meeting, office), now: at });
  if (next === "cancelled") return refuse("conflict", `会议${meeting.id}已取消，不用报名。`);
  if (next === "begun") return refuse("conflict", `会议${meeting.id}已经开始，报名有变化请直接联系市办。`);
  if (next === "same") return refuse("already-done", `${word}已这样报过，不用重复。`, [`会议 ${meeting.id}`]);
  const post = inEachPost(person).find((one) => isOfInvited(one, unit, context));
  const forId = post?.behalf?.id ?? null;
  await store.meetings.answer(unit.id, { ...next, answeredAt: at, answeredBy: person.id, forId });
  const isCity = (one: Person) => holdsRole(one, "office", "supervision", "city-lead");
  // Whose answer it is, and whoever reads the list; the others' cards say the same as before.
  const revision = `a${unit.id}-${at}-${next.answer}-${next.delegateId ?? ""}`;
  await redrawMeeting(meeting, revision, context, (one) => isCity(one) || isOfInvited(one, unit, context));
  if (delegate !== null && delegate.id !== person.id)
    await tellOfMeeting(
      meeting,
      [delegate],
      {
        title: `请您参会：${meetingName(meeting)}`,
        line: `${person.name}派您代表${word}参加${meetingTimeWords(meeting, context.today)}的会议，有变化请及时告知${person.name}。`,
        of: `sent-${unit.id}-${at}`,
      },
      context,
    );
  const card = await meetingCard(meeting, person, context);
  const audit = { unit: word, answer: next.answer, reason: next.reason, delegate: delegate?.name ?? null };
  return { ...card, audit, ...(post?.behalf ? { behalf: post.behalf } : {}) };
}

/** Whom a unit sends: a member of its own, or of what belongs to it. */
async function delegateOf(
  meeting: Meeting,
  unit: MeetingUnit,
  name: string,
  context: Context<Writer>,
): Promise<Person | Refusal> {
  const { office, today } = context;
  const found = await memberCalled(name, (known) => `派员 ${meeting.id} ${known}`, context);
  if (isRefusal(found))
    return found.instead?.includes("人员")
      ? { ...found, message: `${found.message}派员须是本系统成员，不是的请先邀请。` }
      : found;
  const isOwn = inEachPost(found).some((post) => {
    if (unit.departmentId !== null) return post.departmentId === unit.departmentId;
    if (unit.regionId === office.city.id) return post.regionId === null && post.departmentId === null;
    return (
      post.regionId !== null &&
      unit.regionId !== null &&
      office.heirOn(post.regionId, today).id === office.heirOn(unit.regionId, today).id
    );
  });
  return isOwn
    ? found
    : refuse("conflict", `${found.name}不是${unitWord(unit, context)}的人员，请派本单位的成员。`);
}
