import { setTimeout } from "node:timers/promises";

/** Waits. @throws AbortError when the signal, that of the bot's stop, aborts first. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal });
