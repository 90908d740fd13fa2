import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { shortDate } from "../chat/wording.ts";
import { sendLate } from "../runs/send-late.ts";
import { sendSlot } from "../runs/send-slot.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import type { JobSlot } from "./job-slots.ts";
import { slotTime, slotWords } from "./slot-words.ts";

const toCalendar = says("日程");

/**
 * 立即执行: a slot goes out now instead of at its time, and not again then; one of which nothing had gone out goes out late. It is
 * refused once anything of it has gone out, and while the days that it reports on aren't over.
 */
export async function runNow(
  one: JobSlot,
  { reason, by }: { reason: string; by: Person },
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now } = context;
  const { job, slot, due, run } = one;
  if (reason === "") return refuse("usage", `请写明立即执行的原因，例如：立即执行 ${job.title} “领导急用”。`);
  const refusal = tooEarly(one, context);
  if (refusal !== null) return refusal;
  const at = office.local(Temporal.Instant.fromEpochMilliseconds(slot));
  const decided = { job: job.name, slot, due, state: "by-hand" as const, at: now.epochMilliseconds };
  const isFirst = await store.ledger.decide({ ...decided, deliveries: 0, byId: by.id, reason });
  if (!isFirst && run?.state !== "skipped" && run?.state !== "paused")
    return refuse(
      "already-done",
      `${job.title}${slotTime(due, office)}一期${await slotWords(one, true, context)}，不能再发一次。`,
      [`日程 ${job.title}`],
    );
  const sent = isFirst
    ? await sendSlot(job, { at }, context, { at: now.epochMilliseconds })
    : await sendLate(job, slot, { by, reason }, context);
  if (isRefusal(sent)) return sent;
  return {
    title: `已执行：${job.title}`,
    tone: "good",
    subject: `job:${job.name}`,
    audit: { job: job.name, slot, reason, sent },
    blocks: [
      {
        kind: "text",
        text:
          sent === 0
            ? `${slotTime(due, office)}一期按现在的数据没有要发的内容，没有发给任何人。`
            : `${slotTime(due, office)}一期已发出${sent}份${isFirst ? "，到时不再重发" : ""}。`,
      },
    ],
    buttons: [toCalendar("看日程", job.title)],
    facts: { job: job.name, slot: at.toString({ timeZoneName: "never" }), sent, reason },
  };
}

/** Figures of days that aren't over would be others the next day. */
function tooEarly(
  { job, slot, run }: JobSlot,
  { office, today }: Pick<Context<Reader>, "office" | "today">,
): Refusal | null {
  const last = job.publishes?.({ at: office.local(Temporal.Instant.fromEpochMilliseconds(slot)) }).to;
  if (run !== null || last === undefined || Temporal.PlainDate.compare(last, today) < 0) return null;
  return refuse(
    "bad-date",
    `这一期统计到${shortDate(last)}，数据还没有齐，最早${shortDate(last.add({ days: 1 }))}可以执行。`,
    ["通报", `日程 ${job.title}`],
  );
}
