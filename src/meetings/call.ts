import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { MeetingKind } from "../domain/meetings/kinds.ts";
import type { Meeting, MeetingPlan } from "../store/meetings.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { meetingCard } from "./card.ts";
import { voidNotice, writeNotice } from "./notice.ts";
import { invitedPeople, tellOfMeeting } from "./tell.ts";
import { unitsInvited } from "./units.ts";
import {
  callWord,
  hasBegun,
  meetingName,
  meetingTimeWords,
  periodBefore,
  settingOf,
  startsAt,
} from "./words.ts";

/** AnswerSaid behind a day off, it is meant. */
export const ALL_THE_SAME = "休息日照开";

/** Why a meeting can't be then, in the order in which people mend it; null where it can. */
export async function planFault(
  kind: MeetingKind,
  plan: MeetingPlan,
  { of = null, sure = false }: { of?: Meeting | null; sure?: boolean },
  context: Pick<Context<Reader>, "store" | "office" | "now" | "today">,
): Promise<Refusal | null> {
  const { store, office, now, today } = context;
  const when = meetingTimeWords(plan, today);
  if (startsAt(plan, office) <= now.epochMilliseconds)
    return refuse("bad-date", `${when}已经过去，请写以后的时间。`);
  const sameTime = (await store.meetings.between(plan.date, plan.date)).find(
    (one) => one.id !== of?.id && one.time === plan.time,
  );
  if (sameTime !== undefined)
    return refuse("conflict", `${when}已有${meetingName(sameTime)}（会议${sameTime.id}），请换个时间。`, [
      `会议 ${sameTime.id}`,
    ]);
  if (sure || office.calendar.isWorkingDay(Temporal.PlainDate.from(plan.date))) return null;
  const word = of === null ? callWord(kind) : `改会 ${of.id}`;
  return refuse("conflict", `${when}是休息日。确实要在这天开会的，请按下面的按钮；否则请换个日期。`, [
    `${word} ${plan.date} ${plan.time} ${plan.place} ${ALL_THE_SAME} 议程：${plan.agenda}`,
  ]);
}

/** Calls a meeting: everybody it is for is invited and asked who comes. In the caller's transaction. */
export async function callMeeting(
  kind: MeetingKind,
  plan: MeetingPlan,
  { by, sure = false }: { by: Person; sure?: boolean },
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now, today } = context;
  const fault = await planFault(kind, plan, { sure }, context);
  if (fault !== null) return fault;
  const period = periodBefore(kind, Temporal.PlainDate.from(plan.date));
  const before = await store.meetings.ofPeriod(kind, period);
  if (before !== null) return calledBefore(before, plan, context);
  const meeting = await store.meetings.call({
    ...{ kind, period, ...plan },
    convenedAt: now.epochMilliseconds,
    convenedBy: by.id,
  });
  await store.meetings.invite(meeting.id, unitsInvited(plan.date, office));
  await writeNotice(meeting, by, context);
  const title = `会议通知：${settingOf(kind, office).name}（${meetingTimeWords(meeting, today)}）`;
  const line = "请在会前报参会、请假或派员。";
  const told = await tellOfMeeting(
    meeting,
    await invitedPeople(meeting, context),
    { title, line, of: "v1", actor: by },
    context,
  );
  const card = await meetingCard(meeting, by, context, { title: `已通知：${meetingName(meeting)}` });
  return { ...card, blocks: [...card.blocks, { kind: "note", text: `已通知${told}人` }], audit: { ...plan } };
}

function calledBefore(before: Meeting, plan: MeetingPlan, context: Context<Writer>): Refusal {
  const name = meetingName(before);
  if (hasBegun(before, context))
    return refuse(
      "conflict",
      `${name}已于${meetingTimeWords(before, context.today)}召开（会议${before.id}）。`,
      [`会议 ${before.id}`],
    );
  return refuse(
    "already-done",
    `${name}已通知在${meetingTimeWords(before, context.today)}召开（会议${before.id}）。要改时间地点请按下面的按钮。`,
    [`改会 ${before.id} ${plan.date} ${plan.time} ${plan.place}`, `会议 ${before.id}`],
  );
}

/** Moves a meeting to another time or place; everybody who was invited is told, and asked again where the time is another. */
export async function moveMeeting(
  meeting: Meeting,
  plan: MeetingPlan,
  { by, sure = false }: { by: Person; sure?: boolean },
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, today } = context;
  const closed = closedFault(meeting, context);
  if (closed !== null) return closed;
  const changes = changesOf(meeting, plan, today);
  if (changes.length === 0)
    return refuse("already-done", "时间、地点和议程都没有变化。", [`会议 ${meeting.id}`]);
  const isMoved = meeting.date !== plan.date || meeting.time !== plan.time;
  const fault = isMoved ? await planFault(meeting.kind, plan, { of: meeting, sure }, context) : null;
  if (fault !== null) return fault;
  const moved = await store.meetings.change(meeting, { ...plan, round: meeting.round + (isMoved ? 1 : 0) });
  if (moved === null) return stale(meeting);
  const title = `会议变更：${settingOf(meeting.kind, context.office).name}`;
  await writeNotice(moved, by, context);
  const line = `${changes.join("；")}。${isMoved ? "请重新报参会、请假或派员。" : ""}`;
  const people = await invitedPeople(moved, context);
  const told = await tellOfMeeting(
    moved,
    people,
    { title, line, of: `v${moved.version}`, actor: by },
    context,
  );
  const card = await meetingCard(moved, by, context, { title: `已变更：${meetingName(moved)}`, line });
  return { ...card, blocks: [...card.blocks, { kind: "note", text: `已通知${told}人` }], audit: { changes } };
}

/** Calls a meeting off; everybody who was invited is told. */
export async function cancelMeeting(
  meeting: Meeting,
  reason: string,
  by: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now, today } = context;
  if (meeting.state !== "called")
    return closedFault(meeting, context) ?? refuse("conflict", `会议${meeting.id}已有纪要，不能取消。`);
  const cancelled = await store.meetings.change(meeting, {
    state: "cancelled",
    cancelledAt: now.epochMilliseconds,
    cancelWhy: reason,
  });
  if (cancelled === null) return stale(meeting);
  await voidNotice(cancelled, { by, why: reason }, context);
  const line = `原定${meetingTimeWords(meeting, today)}在${meeting.place}召开的会议取消：${reason}。`;
  const title = `会议取消：${settingOf(meeting.kind, context.office).name}`;
  const people = await invitedPeople(cancelled, context);
  const told = await tellOfMeeting(
    cancelled,
    people,
    { title, line, of: `v${cancelled.version}`, actor: by },
    context,
  );
  const card = await meetingCard(cancelled, by, context, { title: `已取消：${meetingName(cancelled)}` });
  return { ...card, blocks: [...card.blocks, { kind: "note", text: `已通知${told}人` }], audit: { reason } };
}

function closedFault(meeting: Meeting, context: Context<Writer>): Refusal | null {
  if (meeting.state === "cancelled") return refuse("already-done", `会议${meeting.id}已取消。`, ["会议"]);
  return hasBegun(meeting, context)
    ? refuse("conflict", `会议${meeting.id}已经开始，不能再改。`, [`会议 ${meeting.id}`])
    : null;
}

const stale = ({ id }: Meeting): Refusal =>
  refuse("stale-action", `会议${id}刚被改过，请看最新情况后再办。`, [`会议 ${id}`]);

function changesOf(meeting: Meeting, plan: MeetingPlan, today: Temporal.PlainDate): string[] {
  const [before, after] = [meetingTimeWords(meeting, today), meetingTimeWords(plan, today)];
  return [
    ...(before === after ? [] : [`时间由${before}改为${after}`]),
    ...(meeting.place === plan.place ? [] : [`地点由${meeting.place}改为${plan.place}`]),
    ...(meeting.agenda === plan.agenda ? [] : [`议程改为：${plan.agenda}`]),
  ];
}
