import { setImmediate as breathe } from "node:timers/promises";
import { contextOf, type Lantian } from "../bot/lantian.ts";
import { presentOffice } from "../bot/present-office.ts";
import type { CatchUp, Schedule } from "../chat/command.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Office } from "../office/office.ts";
import { type DroppedRun, tellDropped } from "../runs/dropped.ts";
import { sendSlot } from "../runs/send-slot.ts";
import { type DueSlot, dueSlots, idleUntil, markAt } from "../runs/slots.ts";
import type { JobPause } from "../store/job-pauses.ts";
import type { SlotState } from "../store/ledger.ts";
import type { SlotMove } from "../store/slot-moves.ts";
import type { Reader, Writer } from "../store/store.ts";
import { noteClock } from "./clock-back.ts";

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
  const waiting = new Set<Schedule>();
  const office = await presentOffice(bot);
  for (const [at, planned] of (await plannedUntil(bot, office, now)).entries()) {
    const { job, state } = planned;
    if (waiting.has(job)) continue;
    // Between two slots others are heard: each may be for hundreds of people.
    if (at > 0) await breathe();
    const looked = at > 0 ? {} : { office };
    const came = await decide(bot, planned, { now, ...looked }).catch((error: unknown) => {
      faults.set(job, error);
      return "held" as const;
    });
    // Its later slots wait behind it: the mark would pass it by.
    if (came === "held") waiting.add(job);
    if (came !== "decided") continue;
    count.due += 1;
    if (state === "ran") count.ran += 1;
    else if (state === "caught-up") count.caughtUp += 1;
    else count.skipped += 1;
  }
  for (const fault of faults.values()) throw fault;
  return count;
}

/** What is to become of a slot; `passed`: it was decided before, and only the ledger's mark goes on. */
type Fate = Exclude<SlotState, "resent" | "by-hand"> | "passed";

/** `dropped`: set on the last slot that is dropped this time, with all that the office may want sent after all. */
type Planned = DueSlot & { job: Schedule; state: Fate; dropped?: readonly DroppedRun[] };

async function plannedUntil(bot: Lantian, office: Office, now: EpochMs): Promise<Planned[]> {
  const all: Planned[] = [];
  const dropped: DroppedRun[] = [];
  const unknown: Schedule[] = [];
  await bot.store.read(async (reader) => {
    // Of all jobs at once: nearly every look at the clock finds nothing due, and asking is what it costs.
    const [marks, moves] = [await reader.ledger.marks(), await reader.slotMoves.open()];
    for (const job of bot.registry.schedules) {
      const since = marks.get(job.name);
      if (since === undefined) {
        unknown.push(job);
        continue;
      }
      const moved = moves.get(job.name);
      if (moved === undefined && now < idleUntil(job, office, since)) continue;
      const judged = await judge(reader, job, dueSlots(job, office, since, now, moved), now);
      all.push(...judged);
      dropped.push(...missedOf(job, judged));
    }
  });
  for (const job of unknown)
    await bot.store.write((writer) => writer.ledger.setWorkedOff(job.name, markAt(job, office, now)));
  // What publishes figures stands first in a message that holds several notices.
  const rank = ({ job }: Planned) => (job.publishes === undefined ? 1 : 0);
  all.sort((a, b) => a.due - b.due || rank(a) - rank(b) || a.slot - b.slot);
  const last = all.findLastIndex(({ state }) => state === "skipped");
  if (dropped.length > 0) all[last] = { ...(all[last] as Planned), dropped };
  return all;
}

/** What is to become of each of a job's slots: by whether it was decided before, by its pauses, and by its policy. */
async function judge(
  { ledger, jobPauses }: Reader,
  job: Schedule,
  slots: readonly DueSlot[],
  now: EpochMs,
): Promise<Planned[]> {
  const [first, ...others] = slots.map(({ slot }) => slot);
  if (first === undefined) return [];
  const runs = await ledger.decided(job.name, Math.min(first, ...others), Math.max(first, ...others));
  const earliest = Math.min(...slots.map(({ due }) => due));
  const pauses = await jobPauses.within(job.prepares ?? job.name, earliest, now);
  const decided = new Set(runs.map(({ slot }) => slot));
  const open = slots.filter(({ slot, due }) => !decided.has(slot) && !isPaused(pauses, due, now));
  const newest = open.at(-1)?.due ?? now;
  return slots.map((one) => ({
    ...one,
    job,
    state: decided.has(one.slot)
      ? "passed"
      : open.includes(one)
        ? stateOf(job.catchUp, one.due, newest, now)
        : "paused",
  }));
}

/** While a job is paused nothing of it goes out: neither what comes due then, nor what is still to be made up for. */
function isPaused(pauses: readonly JobPause[], due: EpochMs, now: EpochMs): boolean {
  return pauses.some(({ pausedAt, endedAt }) =>
    [due, now].some((at) => pausedAt <= at && at < (endedAt ?? Number.POSITIVE_INFINITY)),
  );
}

/**
 * Of a job's dropped slots those that somebody may miss: of figures of a period each, of what is about the present day only
 * the newest, and only where no later one went out.
 */
function missedOf(job: Schedule, judged: readonly Planned[]): DroppedRun[] {
  if (job.prepares !== undefined) return [];
  const newest = judged.findLast(({ state }) => state !== "passed" && state !== "paused");
  return judged
    .filter((one) => one.state === "skipped" && (job.publishes !== undefined || one === newest))
    .map(({ slot }) => ({ job: job.name, title: job.title, slot, why: "down" }));
}

/** What becomes of a slot under a policy. `newest` is when the newest slot has come due. */
export function stateOf(
  policy: CatchUp,
  due: EpochMs,
  newest: EpochMs,
  now: EpochMs,
): "ran" | "caught-up" | "skipped" {
  if (now - due <= ON_TIME_MS) return "ran";
  if (policy === "all") return "caught-up";
  if (policy === "skip") return "skipped";
  const days = Number(policy.match(/\d+/)?.[0]);
  return due === newest && now - due <= days * 86_400_000 ? "caught-up" : "skipped";
}

/** `before`: by whomever; `held`: the office has moved it or paused its job since it was looked at, and the next look decides. */
async function decide(
  bot: Lantian,
  { job, slot, due, state, dropped }: Planned,
  { now, ...looked }: { now: EpochMs; office?: Office },
): Promise<"decided" | "before" | "held"> {
  const at = bot.office.local(Temporal.Instant.fromEpochMilliseconds(slot));
  // A job sees the office as it stood when it was due, also when it runs late.
  const moment = await contextOf(bot, { now: Temporal.Instant.fromEpochMilliseconds(due), ...looked });
  return bot.store.write(async (store) => {
    const move = await store.slotMoves.of(job.name, slot);
    if (!(await isAsPlanned({ job, due, state }, move, store, now))) return "held";
    // A slot that was moved by hand is found by its move: it doesn't stand for those planned before it.
    if (move === null) await store.ledger.workedOff(job.name, slot);
    if (state === "passed") return "before";
    const run = { job: job.name, slot, due, state, at: now, deliveries: 0 };
    if (!(await store.ledger.decide(run))) return "before";
    if (state === "skipped") {
      if (dropped !== undefined) await tellDropped(dropped, { ...(await contextOf(bot)), store });
      return "decided";
    }
    if (state === "paused") return "decided";
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
    return "decided";
  });
}

async function isAsPlanned(
  { job, due, state }: Pick<Planned, "job" | "due" | "state">,
  move: SlotMove | null,
  store: Writer,
  now: EpochMs,
): Promise<boolean> {
  if (move !== null && move.due !== due && state !== "passed") return false;
  const paused = isPaused(await store.jobPauses.within(job.name, due, now), due, now);
  return state === "passed" || paused === (state === "paused");
}
