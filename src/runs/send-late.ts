import type { Card } from "../chat/card.ts";
import type { Context, Schedule } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { sendSlot } from "./send-slot.ts";
import { regularDue } from "./slots.ts";

/**
 * Sends a slot of which nothing went out, because the bot was down or the job paused: once, as the office stood when it was
 * due, and saying that it comes late. @returns how many deliveries it came to; refuses where it has been sent since.
 */
export async function sendLate(
  job: Schedule,
  slot: EpochMs,
  { by, reason }: { by: Person; reason?: string },
  context: Context<Writer>,
): Promise<number | Refusal> {
  const { office, store, now } = context;
  const run = await store.ledger.of(job.name, slot);
  const at = office.local(Temporal.Instant.fromEpochMilliseconds(slot));
  const why = { at: now.epochMilliseconds, byId: by.id, ...(reason === undefined ? {} : { reason }) };
  if (run === null || !(await store.ledger.resend(run, why)))
    return refuse("already-done", "这一期已经发出，不用再补发。", ["补发"]);
  const due = Temporal.Instant.fromEpochMilliseconds(run.due ?? regularDue(job, office, slot) ?? slot);
  const cause = run.state === "paused" ? "任务暂停" : "系统停运";
  const marked = (card: Card): Card => ({
    ...card,
    title: `补发：${card.title}`,
    blocks: [
      ...card.blocks,
      { kind: "note", text: `应于${shortTime(office.local(due))}发出，因${cause}补发` },
    ],
  });
  const asOf = { ...context, now: due, today: office.today(due) };
  return sendSlot(job, { at }, asOf, { at: now.epochMilliseconds, marked });
}
