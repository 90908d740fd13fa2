import type { Store } from "./store/store.ts";

/** The one clock of the office. Instants only: what date it is, the office's time zone says. */
export type Clock = { now(): Promise<Temporal.Instant> };

/** The real time: what a running office uses. */
export const systemClock: Clock = { now: async () => Temporal.Now.instant() };

/** Time standing still at one instant: a single request, a test. */
export function fixedClock(instant: Temporal.Instant): Clock {
  return { now: async () => instant };
}

/**
 * The demonstration clock: it stands still until somebody sets or advances it, and it is kept in the database, so that
 * console and terminal see the same time.
 */
export function demoClock(store: Store): Clock {
  return {
    async now() {
      const ms = await store.read((reader) => reader.settings.get("demo-clock"));
      if (ms === null) throw new Error("the demonstration clock was never set");
      return Temporal.Instant.fromEpochMilliseconds(Number(ms));
    },
  };
}
