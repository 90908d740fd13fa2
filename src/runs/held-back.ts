import type { Context, Schedule } from "../chat/command.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { JobPause } from "../store/job-pauses.ts";
import type { Reader } from "../store/store.ts";
import type { DroppedRun } from "./dropped.ts";

const DAY_MS = 86_400_000;

/**
 * Slots that a pause has held back and that somebody may miss: each of what publishes figures of a period, of what is about the
 * present day only the newest. `advice` says in Chinese what the job's catch-up policy makes of them.
 */
export async function heldBack(
  job: Schedule,
  pause: Pick<JobPause, "pausedAt">,
  { store, now }: Pick<Context<Reader>, "store" | "now">,
): Promise<{ runs: DroppedRun[]; advice: string }> {
  const at = now.epochMilliseconds;
  const all = await store.ledger.paused(job.name, pause.pausedAt, at);
  const newest = all.at(-1);
  const kept = job.publishes === undefined ? all.slice(-1) : all;
  const runs = kept.map(({ slot }) => ({ job: job.name, title: job.title, slot, why: "paused" as const }));
  return { runs, advice: newest === undefined ? "" : adviceOn(job, newest.due ?? newest.slot, at) };
}

function adviceOn({ catchUp }: Schedule, due: EpochMs, now: EpochMs): string {
  if (catchUp === "all") return "按补发规定，每一期都应补发。";
  if (catchUp === "skip") return "按补发规定，过期的不再补发。";
  const days = Number(catchUp.match(/\d+/)?.[0]);
  return now - due <= days * DAY_MS
    ? `按补发规定，最近一期还在${days}天内，可以补发。`
    : `按补发规定，超过${days}天的一般不再补发。`;
}
