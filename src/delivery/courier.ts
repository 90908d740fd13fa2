import type { Lantian } from "../chat/router.ts";
import { type Door, deliverDue } from "./worker.ts";

/**
 * Comes back for a delivery when its turn in the chat has come, instead of with the next tick of the office's clock.
 * Deliveries are made through `door` instead of the one given.
 */
export function courierOf(
  bot: Lantian,
  door: Door,
  options: { machineNow: () => number; onFault: (error: unknown) => void },
): { door: Door; stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let at = Number.POSITIVE_INFINITY;
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const comeBack = (afterMs: number) => {
    const then = performance.now() + afterMs;
    if (stopped || then >= at) return;
    clearTimeout(timer);
    at = then;
    timer = setTimeout(() => {
      at = Number.POSITIVE_INFINITY;
      running = running
        .then(() => (stopped ? 0 : deliverDue(bot, [watched], options.machineNow)))
        .catch(options.onFault);
    }, afterMs + 1);
    timer.unref();
  };
  const watched: Door = {
    ...door,
    async wait(row, to) {
      const ms = (await door.wait?.(row, to)) ?? 0;
      if (ms > 0) comeBack(ms);
      return ms;
    },
    async deliver(row, to) {
      const outcome = await door.deliver(row, to);
      if (outcome.kind === "later") comeBack(outcome.afterMs);
      return outcome;
    },
  };
  return {
    door: watched,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
