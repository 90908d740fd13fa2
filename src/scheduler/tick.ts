import cron from "node-cron";
import type { Connected } from "../bot/connected.ts";
import { contextOf, type Lantian } from "../bot/lantian.ts";
import { makePaperFiles } from "../papers/make-files.ts";
import { beat as look } from "./beat.ts";

/** A beat that takes so long is stuck: nothing falls due meanwhile. */
const SILENT_MS = 120_000;

/**
 * Starts the tick. node-cron only beats, every ten seconds: which slots are due, ran or were missed is the ledger's
 * knowledge, so that a late or lost beat loses nothing. `afterEach` delivers what the slots have queued; then the files of papers
 * that were issued are made.
 */
export function startTicking(
  bot: Lantian,
  afterEach: () => Promise<unknown>,
  onFault: (error: unknown) => void,
): Connected & { stop(): Promise<void> } {
  let beatenAt = performance.now();
  /** Not all that is due could be worked off. */
  let fails = false;
  let running: Promise<void> = Promise.resolve();
  let making: Promise<unknown> | null = null;
  let stopped = false;
  let busy = false;
  // Beside the beats: what takes its time holds up no delivery.
  const makeFiles = () => {
    if (stopped) return;
    making ??= contextOf(bot)
      .then((context) => makePaperFiles({ ...bot, context, stops: () => stopped }))
      .catch(onFault)
      .finally(() => {
        making = null;
      });
  };
  const beat = () => {
    if (busy) return;
    busy = true;
    running = look(bot)
      .then(
        () => {
          fails = false;
        },
        (error: unknown) => {
          fails = true;
          onFault(error);
        },
      )
      .then(afterEach)
      .then(() => undefined, onFault)
      .finally(() => {
        busy = false;
        beatenAt = performance.now();
        makeFiles();
      });
  };
  const health = () => {
    const silent = Math.round((performance.now() - beatenAt) / 1000);
    return { ok: silent * 1000 < SILENT_MS, detail: `last beat ${silent} s ago` };
  };
  const task = cron.schedule("*/10 * * * * *", beat);
  beat();
  return {
    name: "clock",
    health,
    // A job that fails keeps its slot and is tried with each beat: nothing is restarted for it.
    state: () => (fails ? { ok: false, detail: "not all that is due could be worked off" } : health()),
    gauges: () => [
      {
        name: "clock_beat_age_seconds",
        help: "How long ago the clock beat last",
        value: (performance.now() - beatenAt) / 1000,
      },
    ],
    async stop() {
      await task.destroy();
      await running;
      stopped = true;
      await making;
    },
  };
}
