import type { Lantian } from "../bot/lantian.ts";
import type { Door } from "./door.ts";
import { deliverDue } from "./worker.ts";

/** By then what follows a delivery, or where it goes instead, has been written down. */
const FOLLOWS_AFTER_MS = 1_000;

/**
 * Comes back for a delivery when its turn in the chat has come, instead of with the next tick of the office's clock.
 * Deliveries are made through `door` instead of the one given.
 */
export function deliveryTimerOf(
  bot: Lantian,
  door: Door,
  options: { machineNow: () => number; onFault: (error: unknown) => void },
): { door: Door; goOn(): void; stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  /** When deliveries that wait have their turns, on the clock of `performance.now()`. */
  let moments = new Set<number>();
  let stopped = false;
  const underWay = new Set<Promise<unknown>>();
  const setOff = () => {
    clearTimeout(timer);
    if (stopped || moments.size === 0) return;
    const next = Math.min(...moments);
    timer = setTimeout(
      () => {
        moments = new Set([...moments].filter((moment) => moment > next));
        // Behind no other round: one that waits for a chat that doesn't answer would hold up all that is due meanwhile.
        const round = deliverDue(bot, [watched], options.machineNow)
          .catch(options.onFault)
          .finally(() => underWay.delete(round));
        underWay.add(round);
        setOff();
      },
      Math.max(0, next - performance.now()),
    );
    timer.unref();
  };
  const comeBack = (afterMs: number) => {
    // To a hundredth of a second: those that wait for the same moment are one.
    const moment = Math.ceil((performance.now() + afterMs + 1) / 10) * 10;
    if (moments.has(moment)) return;
    const isFirst = moment < Math.min(...moments);
    moments.add(moment);
    if (isFirst) setOff();
  };
  const watched: Door = {
    ...door,
    async wait(row, to) {
      // A long row of notices must not keep the process from ending: what hasn't left stays for the next start.
      if (stopped) return 1;
      const ms = (await door.wait?.(row, to)) ?? 0;
      if (ms > 0) comeBack(ms);
      return ms;
    },
    async deliver(row, to) {
      const outcome = await door.deliver(row, to);
      if (outcome.kind === "later") comeBack(outcome.afterMs);
      const follows = outcome.kind === "accepted" ? outcome.follow !== undefined : outcome.kind === "moved";
      if (follows) comeBack(FOLLOWS_AFTER_MS);
      return outcome;
    },
  };
  return {
    door: watched,
    /** The platform lets the bot in again: what has waited for that goes out at once. */
    goOn() {
      door.goOn?.();
      bot.store
        .write(({ outbox }) => outbox.goOn())
        .then(() => comeBack(0))
        .catch(options.onFault);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}
