import cron from "node-cron";
import { contextOf, type Lantian } from "../bot/lantian.ts";
import { makePaperFiles } from "../papers/make-files.ts";
import { beat as look } from "./beat.ts";

/**
 * Starts the tick. node-cron only beats, every ten seconds: which slots are due, ran or were missed is the ledger's
 * knowledge, so that a late or lost beat loses nothing. `afterEach` delivers what the slots have queued; then the files of papers
 * that were issued are made.
 */
export function startTicking(
  bot: Lantian,
  afterEach: () => Promise<unknown>,
  onFault: (error: unknown) => void,
): { stop(): Promise<void> } {
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
      .catch(onFault)
      .then(afterEach)
      .then(() => undefined, onFault)
      .finally(() => {
        busy = false;
        makeFiles();
      });
  };
  const task = cron.schedule("*/10 * * * * *", beat);
  beat();
  return {
    async stop() {
      await task.destroy();
      await running;
      stopped = true;
      await making;
    },
  };
}
