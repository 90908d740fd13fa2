import type { Pace } from "./pace.ts";

/** A delivery that doesn't come back for its turn (replaced, given up) holds up the others no longer than this, in seconds. */
const PATIENCE = 30;

/**
 * Keeps deliveries to one chat in the order in which they were written, though each waits its own time in the outbox:
 * whoever has to wait is given a place, and nobody written later overtakes.
 */
export function queueOf(pace: Pace, second: number) {
  const places = new Map<string, Map<number, number>>();
  return {
    /** How long (ms) delivery `row` waits for its turn in `chat`; 0: it goes now and leaves the queue. */
    waitFor(chat: string, row: number): number {
      const now = performance.now();
      const queue = places.get(chat) ?? new Map<number, number>();
      for (const [id, at] of queue) if (at < now - PATIENCE * second) queue.delete(id);
      const free = pace.waitFor(chat);
      const before = [...queue].filter(([id]) => id < row).map(([, at]) => at);
      if (free === 0 && before.length === 0) {
        queue.delete(row);
        if (queue.size === 0) places.delete(chat);
        return 0;
      }
      const at = Math.max(now + Math.max(free, 1), ...before.map((earlier) => earlier + second));
      queue.set(row, at);
      places.set(chat, queue);
      return Math.ceil(at - now);
    },
  };
}
