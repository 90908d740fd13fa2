import { contextOf, type Lantian } from "../bot/lantian.ts";
import { presentOffice } from "../bot/present-office.ts";
import type { CatchUp, Schedule } from "../chat/command.ts";
import type { EpochMs } from "../domain/ids.ts";
import { type DroppedRun, tellDropped } from "../runs/dropped.ts";
import { sendSlot } from "../runs/send-slot.ts";
import type { SlotState } from "../store/ledger.ts";
import { noteClock } from "./clock-back.ts";
import { type DueSlot, dueSlots, markAt } from "./slots.ts";

export type SlotCount = { due: number; ran: number; caughtUp: number; skipped: number };

/** A slot is on time when it is worked off within this long after it is due; later it is a matter of the policy. */
const ON_TIME_MS = 120_000;

/**
 * Decides every slot that has come due since the ledger's mark, for all jobs, oldest first. Each slot is one
 * transaction: its row in the ledger and all its deliveries, or nothing. A job seen for the first time starts now:
 * its past is not made up for. A job that fails keeps its slot, and its later ones, for the next round; the others run.
 * @throws the first fault of a job, after all the others had their turn.
 */
export async function reconcile(bot: Lantian): Promise<SlotCount> {
  const count: SlotCount = { due: 0, ran: 0, caughtUp: 0, skipped: 0 };
  const now = (await bot.clock.now()).epochMilliseconds;
  await noteClock(bot, now);
  const faults = new Map<Schedule, unknown>();
  for (const planned of await plannedUntil(bot, now)) {
    const { job, state } = planned;
    if (faults.has(job)) continue;
    const decided = await decide(bot, planned, now).catch((error: unknown) => {
      faults.set(job, error);
      return false;
    });
    if (!decided) continue;
    count.due += 1;
    if (state === "ran") count.ran += 1;
    else if (state === "caught-up") count.caughtUp += 1;
    else count.skipped += 1;
  }
  for (const fault of faults.values()) throw fault;
  return count;
}

/** `dropped`: set on the last slot that is dropped this time, with all that the office may want sent after all. */
type Planned = DueSlot & { job: Schedule; state: SlotState; dropped?: readonly DroppedRun[] };

async function plannedUntil(bot: Lantian, now: EpochMs): Promise<Planned[]> {
  const all: Planned[] = [];
  const dropped: DroppedRun[] = [];
  const office = await presentOffice(bot);
  for (const job of bot.registry.schedules) {
    const since = await bot.store.read((reader) => reader.ledger.workedOffUntil(job.name));
    if (since === null) {
      await bot.store.write((writer) => writer.ledger.setWorkedOff(job.name, markAt(job, office, now)));
      continue;
    }
    const slots = dueSlots(job, office, since, now);
    const newest = slots.at(-1)?.due ?? now;
    const judged = slots.map((one) => ({ ...one, job, state: stateOf(job.catchUp, one.due, newest, now) }));
    all.push(...judged);
    dropped.push(...missedOf(job, judged));
  }
  // What publishes figures stands first in a message that holds several notices.
  const rank = ({ job }: Planned) => (job.publishes === undefined ? 1 : 0);
  all.sort((a, b) => a.due - b.due || rank(a) - rank(b) || a.slot - b.slot);
  const last = all.findLastIndex(({ state }) => state === "skipped");
  if (dropped.length > 0) all[last] = { ...(all[last] as Planned), dropped };
  return all;
}

/**
 * Of a job's dropped slots those that somebody may miss: of figures of a period each, of what is about the present day only
 * the newest, and only where no later one went out.
 */
function missedOf(job: Schedule, judged: readonly Planned[]): DroppedRun[] {
  const isNewest = (one: Planned) => one === judged.at(-1);
  return judged
    .filter((one) => one.state === "skipped" && (job.publishes !== undefined || isNewest(one)))
    .map(({ slot }) => ({ job: job.name, title: job.title, slot }));
}

/** What becomes of a slot under a policy. `newest` is when the newest slot has come due. */
export function stateOf(policy: CatchUp, due: EpochMs, newest: EpochMs, now: EpochMs): SlotState {
  if (now - due <= ON_TIME_MS) return "ran";
  if (policy === "all") return "caught-up";
  if (policy === "skip") return "skipped";
  const days = Number(policy.match(/\d+/)?.[0]);
  return due === newest && now - due <= days * 86_400_000 ? "caught-up" : "skipped";
}

/** @returns false when the slot was decided before, by whomever. */
async function decide(
  bot: Lantian,
  { job, slot, due, state, dropped }: Planned,
  now: EpochMs,
): Promise<boolean> {
  const at = bot.office.local(Temporal.Instant.fromEpochMilliseconds(slot));
  // A job sees the office as it stood when it was due, also when it runs late.
  const moment = await contextOf(bot, { now: Temporal.Instant.fromEpochMilliseconds(due) });
  return bot.store.write(async (store) => {
    const before = (await store.ledger.workedOffUntil(job.name)) ?? slot;
    await store.ledger.setWorkedOff(job.name, Math.max(before, slot));
    if (!(await store.ledger.decide({ job: job.name, slot, state, at: now, deliveries: 0 }))) return false;
    if (state === "skipped") {
      if (dropped !== undefined) await tellDropped(dropped, { ...(await contextOf(bot)), store });
      return true;
    }
    const queued = await sendSlot(job, { at }, { ...moment, store }, { at: now });
    await store.audit.append({
      at: now,
      personId: null,
      actor: "定时任务",
      act: job.name,
      subject: at.toString(),
      outcome: "done",
      detail: { state, queued },
    });
    return true;
  });
}
