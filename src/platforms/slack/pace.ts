import type { Timing } from "./calls.ts";

/** About one message a second and channel, four a second in all: below what Slack grants, also for bursts. */
const CHANNEL_MS = 1050;
/** What all edits together are paced by: Slack grants fifty a minute, in whatever channels. */
export const EDITS = "chat.update";
const EDIT_MS = 1200;
const OVERALL_MS = 250;
/** A wait that is shorter than this is waited out rather than put off. */
const SHORT_MS = 300;
/** A delivery that never comes back for its turn (replaced, given up) is forgotten after this long. */
const FORGOTTEN_MS = 60_000;

/** The pace of sending, shared by answers and pushes. */
export type Pace = {
  /**
   * How long (ms) delivery `row` waits for its turn on a channel; 0: it goes now. Whoever has to wait is given a moment of
   * its own, so that a long row on one channel comes back in order and not all at once. Asking takes no turn.
   */
  waitFor(channel: string, row: number): number;
  /** Takes the next turn on a channel and waits until it has come. */
  turn(channel: string): Promise<void>;
  /** Slack has asked for patience on a channel; deliveries written after `row` stay behind it. */
  rest(channel: string, ms: number, row?: number): void;
};

export function paceOf(timing: Timing): Pace {
  const free = new Map<string, number>();
  let freeForAll = 0;
  /** By channel, the deliveries that wait and the moment that each has been given. */
  const lines = new Map<string, Map<number, number>>();
  const next = (channel: string) => Math.max(timing.now(), free.get(channel) ?? 0, freeForAll);
  const gapOf = (channel: string) => (channel === EDITS ? EDIT_MS : CHANNEL_MS);
  const lineOf = (channel: string): Map<number, number> => {
    const line = lines.get(channel) ?? new Map<number, number>();
    for (const [row, at] of line) if (at < timing.now() - FORGOTTEN_MS) line.delete(row);
    if (line.size === 0) lines.delete(channel);
    return line;
  };
  return {
    waitFor(channel, row) {
      const line = lineOf(channel);
      const earlier = [...line].filter(([id]) => id < row).map(([, at]) => at + gapOf(channel));
      const at = Math.max(next(channel), ...earlier);
      if (at - timing.now() <= SHORT_MS) {
        line.delete(row);
        return 0;
      }
      lines.set(channel, line.set(row, at));
      return at - timing.now();
    },
    async turn(channel) {
      // Reserved before it is waited for: an answer is not overtaken by a long row of notices.
      const at = next(channel);
      for (const [key, until] of free) if (until <= timing.now()) free.delete(key);
      free.set(channel, at + gapOf(channel));
      freeForAll = at + OVERALL_MS;
      for (let wait = at - timing.now(); wait > 0; wait = at - timing.now()) await timing.sleep(wait);
    },
    rest(channel, ms, row) {
      const at = timing.now() + ms;
      free.set(channel, Math.max(free.get(channel) ?? 0, at));
      if (row !== undefined) lines.set(channel, lineOf(channel).set(row, at));
    },
  };
}
