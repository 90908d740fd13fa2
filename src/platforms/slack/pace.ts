import type { Timing } from "./calls.ts";

/** About one message a second and channel, four a second in all: below what Slack grants, also for bursts. */
const CHANNEL_MS = 1050;
const OVERALL_MS = 250;

/** The pace of sending, shared by answers and pushes. */
export type Pace = {
  /**
   * Takes a turn on a channel. @returns 0 when it may be sent now, otherwise how many ms to wait first: everybody who is
   * sent away gets a moment of their own, so that a long row on one channel comes back in order and not all at once.
   */
  take(channel: string): number;
  /** Waits until a turn is free, and takes it. */
  turn(channel: string): Promise<void>;
  /** Slack has asked for patience on a channel. */
  rest(channel: string, ms: number): void;
};

export function paceOf(timing: Timing): Pace {
  const free = new Map<string, number>();
  let freeForAll = 0;
  const promised = new Map<string, number>();
  const next = (channel: string) => Math.max(timing.now(), free.get(channel) ?? 0, freeForAll);
  const reserve = (channel: string, at: number) => {
    const now = timing.now();
    for (const moments of [free, promised])
      for (const [key, until] of moments) if (until <= now) moments.delete(key);
    free.set(channel, at + CHANNEL_MS);
    freeForAll = at + OVERALL_MS;
  };
  return {
    take(channel) {
      const now = timing.now();
      const at = next(channel);
      if (at <= now) {
        reserve(channel, now);
        return 0;
      }
      const moment = Math.max(at, (promised.get(channel) ?? 0) + CHANNEL_MS);
      promised.set(channel, moment);
      return moment - now;
    },
    async turn(channel) {
      // Reserved before it is waited for: an answer is not overtaken by a long row of notices.
      const at = next(channel);
      reserve(channel, at);
      for (let wait = at - timing.now(); wait > 0; wait = at - timing.now()) await timing.sleep(wait);
    },
    rest(channel, ms) {
      free.set(channel, Math.max(free.get(channel) ?? 0, timing.now() + ms));
    },
  };
}
