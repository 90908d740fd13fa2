import cron from "node-cron";
import type { Lantian } from "../bot/lantian.ts";
import { beat as look } from "./beat.ts";

/**
 * Starts the tick. node-cron only beats, every ten seconds: which slots are due, ran or were missed is the ledger's
 * knowledge, so that a late or lost beat loses nothing. `afterEach` delivers what the slots have queued.
 */
export function startTicking(
  bot: Lantian,
  afterEach: () => Promise<unknown>,
  onFault: (error: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const beat = () => {
    if (busy) return;
    busy = true;
    running = look(bot)
      .catch(onFault)
      .then(afterEach)
      .then(() => undefined, onFault)
      .finally(() => {
        busy = false;
      });
  };
  const task = cron.schedule("*/10 * * * * *", beat);
  beat();
  return {
    async stop() {
      await task.destroy();
      await running;
    },
  };
}
