import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { unknownYearNote } from "../chat/unknown-years.ts";
import { shortDate } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { comingSlots, type JobSlot } from "./job-slots.ts";
import { moveDraftOf } from "./move-draft.ts";
import { slotTime, slotWords } from "./slot-words.ts";

const toCalendar = says("日程");

/** `from`: when whoever moves it took it to go out; what somebody else has moved meanwhile is theirs to know first. */
type Moving = { to: Temporal.PlainDateTime; from: EpochMs | null; reason: string; by: Person };

/**
 * 改期: one slot goes out at another time. It stays the slot that it was planned as: the week that it reports on, and what it may
 * be sent for only once.
 */
export async function moveSlot(
  one: JobSlot,
  { to, from, reason, by }: Moving,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now, today } = context;
  const { job, slot, due } = one;
  const date = to.toPlainDate();
  const at = to.toZonedDateTime(office.pack.timeZone).epochMilliseconds;
  const refusal =
    (await unmovable(one, { from, reason, by, to }, context)) ?? (await misplaced(one, to, at, context));
  if (isRefusal(refusal)) return refusal;
  const moved = { due: at, movedBy: by.id, movedAt: now.epochMilliseconds, reason };
  await store.slotMoves.put({ job: job.name, slot, ...moved });
  const drafted = await moveDraftOf(one, moved, context);
  return {
    title: `已改期：${job.title} ${slotTime(at, office)}`,
    tone: "good",
    subject: `job:${job.name}`,
    audit: { job: job.name, slot, from: due, to: at, reason },
    blocks: [
      {
        kind: "text",
        text: `由${slotTime(due, office)}改到${slotTime(at, office)}。原因：${reason}。${drafted === null ? "" : `拟稿改到${slotTime(drafted, office)}。`}只改这一期，以后各期不变。`,
      },
      ...(office.calendar.isWorkingDay(date)
        ? []
        : [
            {
              kind: "text" as const,
              text: `注意：${shortDate(date)}是休息日，仍按时发出。`,
              tone: "notice" as const,
            },
          ]),
      ...unknownYearNote([date], office),
    ],
    buttons: [toCalendar("看日程", job.title)],
    facts: {
      job: job.name,
      slot: local(slot, context),
      from: local(due, context),
      to: local(at, context),
      reason,
      dayOff: !office.calendar.isWorkingDay(date),
      today: today.toString(),
    },
  };
}

const local = (at: EpochMs, { office }: Pick<Context<Reader>, "office">): string =>
  office.local(Temporal.Instant.fromEpochMilliseconds(at)).toString({ timeZoneName: "never" });

/** Why a slot can't be moved at all, or not by whoever doesn't know how it stands. */
async function unmovable(
  one: JobSlot,
  { from, reason, by, to }: Moving,
  context: Context<Reader>,
): Promise<Refusal | null> {
  const { office } = context;
  const { job, slot, due, run, move } = one;
  if (run !== null)
    return refuse(
      "already-done",
      `${job.title}${slotTime(due, office)}一期${await slotWords(one, true, context)}，不能再改期。`,
      [run.state === "skipped" || run.state === "paused" ? "补发" : `日程 ${job.title}`],
    );
  const said = `${to.month}月${to.day}日${to.hour}时${to.minute === 0 ? "" : `${to.minute}分`}`;
  const day = office.today(Temporal.Instant.fromEpochMilliseconds(slot));
  if (reason === "")
    return refuse(
      "usage",
      `请写明改期的原因，例如：改期 ${job.title} ${shortDate(day)} 到 ${said} “领导外出”。`,
    );
  const known = from ?? (move === null || move.movedBy === by.id ? due : null);
  if (known === due) return null;
  const again = `改期 ${job.title} ${day} 从 ${slotTime(due, office)} 到 ${said} “${reason}”`;
  return refuse(
    "conflict",
    `这一期现定${slotTime(due, office)}（${await slotWords(one, true, context)}），没有改动。仍要改到${said}的，请确认：`,
    [again],
  );
}

/** What speaks against a time: it is past, or paused, before its figures are there, or not between its neighbours. */
async function misplaced(
  one: JobSlot,
  to: Temporal.PlainDateTime,
  at: EpochMs,
  context: Context<Reader>,
): Promise<Refusal | null> {
  const { store, office, now } = context;
  const { job, slot } = one;
  const title = job.title;
  if (at <= now.epochMilliseconds)
    return refuse(
      "bad-date",
      `不能改到已经过去的时间（现在${slotTime(now.epochMilliseconds, office)}）。要马上发出，请用“立即执行”。`,
      [`立即执行 ${title}`],
    );
  if (at === one.due) return refuse("already-done", `这一期本来就定在${slotTime(at, office)}，没有改动。`);
  const ready = job.publishes?.({ at: office.local(Temporal.Instant.fromEpochMilliseconds(slot)) }).to;
  if (ready !== undefined && Temporal.PlainDate.compare(to.toPlainDate(), ready) <= 0)
    return refuse(
      "bad-date",
      `这一期统计到${shortDate(ready)}，最早${shortDate(ready.add({ days: 1 }))}才能发。`,
    );
  const coming = await comingSlots(job, context);
  const next = coming.find((other) => other.slot > slot);
  if (next !== undefined && at >= next.due)
    return refuse(
      "bad-date",
      `不能晚于下一期（${slotTime(next.due, office)}）。不再发这一期的，请用“暂停”。`,
    );
  const before = coming.findLast((other) => other.slot < slot);
  if (before !== undefined && at <= before.due)
    return refuse("bad-date", `不能早于上一期（${slotTime(before.due, office)}）。`);
  const [pause] = (await store.jobPauses.within(job.name, at, at)).filter(
    ({ endedAt }) => endedAt === null || endedAt > at,
  );
  return pause === undefined
    ? null
    : refuse("conflict", `${title}届时暂停（${pause.reason}），改到那时也不会发出，请先恢复。`, [
        `恢复 ${title}`,
      ]);
}
