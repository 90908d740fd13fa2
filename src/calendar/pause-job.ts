import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context, Schedule } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { dateSeenOn } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Office } from "../office/office.ts";
import { droppedCard } from "../runs/dropped.ts";
import { heldBack } from "../runs/held-back.ts";
import type { JobPause } from "../store/job-pauses.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { slotsOf } from "./job-slots.ts";
import { slotTime } from "./slot-words.ts";

const toCalendar = says("日程");
export const resumeButton = buttonsOf("job.resume", z.object({}));

/** When the office is asked what becomes of the slots that fell into a pause: at nine of the next working day. */
const ASKED_AT = "09:00";
/** Slots that an answer names; the rest are counted. */
const NAMED = 3;

/** The pause of a job that holds now; null where it runs. */
export async function pauseNow(
  job: Schedule,
  { store, now }: Pick<Context<Reader>, "store" | "now">,
): Promise<JobPause | null> {
  const at = now.epochMilliseconds;
  const pauses = await store.jobPauses.within(job.name, at, at);
  return pauses.find(({ endedAt }) => endedAt === null || endedAt > at) ?? null;
}

/**
 * 暂停: from now on nothing of a job goes out until a day is over, or until somebody ends it. What holds already is changed. Who
 * gets the job's notices isn't told: nothing changes for them but that it stays quiet.
 */
export async function pauseJob(
  job: Schedule,
  { until, reason, by }: { until: Temporal.PlainDate | null; reason: string; by: Person },
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now, today } = context;
  if (reason === "")
    return refuse("usage", `请写明暂停的原因，例如：暂停 ${job.title} 到6月30日 “国庆期间”。`);
  if (until !== null && Temporal.PlainDate.compare(until, today) < 0)
    return refuse("bad-date", `${dateSeenOn(today, until.toString())}已经过去，请写今天或以后的日期。`);
  const before = await pauseNow(job, context);
  const end = endOf(until, office);
  const change = { until: until?.toString() ?? null, ...end, pausedBy: by.id, reason };
  if (before === null)
    await store.jobPauses.begin({ job: job.name, pausedAt: now.epochMilliseconds, ...change });
  else await store.jobPauses.amend(before.id, change);
  const to = end.endedAt ?? now.epochMilliseconds + QUARTER_MS;
  const held = (await slotsOf(job, { from: now.epochMilliseconds, to }, context)).filter(
    ({ run, pause }) => run === null && pause !== null,
  );
  const named = held.slice(0, NAMED).map(({ due }) => slotTime(due, office));
  return {
    title: `已暂停：${job.title}`,
    tone: "notice",
    subject: `job:${job.name}`,
    audit: {
      job: job.name,
      until: change.until,
      reason,
      ...(before === null ? {} : { before: termsOf(before) }),
    },
    blocks: [
      {
        kind: "text",
        text: `${until === null ? "恢复以前" : `从现在起到${dateSeenOn(today, until.toString())}`}不再发送。原因：${reason}。`,
      },
      ...(before === null
        ? []
        : [
            { kind: "text" as const, text: `原${untilWords(before, today)}（${before.reason}），现已更改。` },
          ]),
      {
        kind: "note",
        text:
          held.length === 0
            ? "期间没有到点的通知"
            : `期间到点的${named.join("、")}${held.length > NAMED ? `等${held.length}期` : ""}不发；恢复时会问市办是否补发`,
      },
    ],
    buttons: [resumeButton("恢复", { job: job.name }), toCalendar("看日程", job.title)],
    facts: { job: job.name, until: change.until, reason, slots: held.length },
  };
}

const QUARTER_MS = 92 * 86_400_000;

const untilWords = ({ until }: JobPause, today: Temporal.PlainDate): string =>
  until === null ? "暂停到恢复为止" : `暂停到${dateSeenOn(today, until)}`;

const termsOf = ({ until, reason, pausedBy }: JobPause) => ({ until, reason, by: pausedBy });

function endOf(
  until: Temporal.PlainDate | null,
  { calendar, pack: { timeZone } }: Office,
): { endedAt: EpochMs | null; askAt: EpochMs | null } {
  if (until === null) return { endedAt: null, askAt: null };
  const plainTime = Temporal.PlainTime.from(ASKED_AT);
  return {
    endedAt: until.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds,
    askAt: calendar.addWorkingDays(until, 1).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds,
  };
}

/** 恢复: ends a pause before its time; the answer asks what becomes of the slots that fell into it. */
export async function resumeJob(
  job: Schedule,
  by: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now } = context;
  const pause = await pauseNow(job, context);
  if (pause === null)
    return refuse("already-done", `${job.title}没有暂停，不用恢复。`, [`日程 ${job.title}`]);
  const { runs, advice } = await heldBack(job, pause, context);
  await store.jobPauses.end(pause.id, by.id, now.epochMilliseconds);
  const done = {
    tone: "good" as const,
    subject: `job:${job.name}`,
    audit: { job: job.name, paused: termsOf(pause), heldBack: runs.length },
  };
  if (runs.length > 0)
    return {
      ...droppedCard(`已恢复：${job.title}，暂停期间有${runs.length}期没有发出`, runs, office, advice),
      ...done,
    };
  return {
    title: `已恢复：${job.title}`,
    ...done,
    blocks: [{ kind: "text", text: "暂停期间没有到点的通知，以后照常发送。" }],
    buttons: [toCalendar("看日程", job.title)],
    facts: { job: job.name, dropped: [] },
  };
}
