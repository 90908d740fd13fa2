import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Console, ConsoleMessage } from "./console.ts";
import type { VisitorEnv } from "./visitor.ts";

/** Under the 30 s after which common proxies drop a silent connection. */
const heartbeatMs = 20_000;

/**
 * Server-sent events: `messages` as they come, `clock` at the start, with each heartbeat and when the clock was moved.
 * Every stream ends when `closing` aborts, so that the server can stop.
 */
export function eventStreams(service: Console, closing: AbortSignal) {
  const timeTellers = new Set<() => void>();

  const open = (c: Context<VisitorEnv>) =>
    streamSSE(c, async (stream) => {
      const visitor = c.var.visitor;
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const ended = AbortSignal.any([gone.signal, closing]);

      const tell = (event: string, value: unknown) => stream.writeSSE({ event, data: JSON.stringify(value) });
      const tellTime = async () => {
        try {
          const { now, weekday } = await service.session(visitor);
          await tell("clock", { now, weekday });
        } catch {
          // The page's next request meets the same fault and reports it; the beat itself must go on.
          await stream.write(": beat\n\n");
        }
      };

      service.subscribe(visitor, (messages: ConsoleMessage[]) => void tell("messages", messages), ended);
      timeTellers.add(tellTime);
      const heart = setInterval(tellTime, heartbeatMs);
      try {
        await tellTime();
        await aborted(ended);
      } finally {
        clearInterval(heart);
        timeTellers.delete(tellTime);
        gone.abort();
      }
    });

  return {
    open,
    /** Tells every open page the time at once. */
    tellTime() {
      for (const tell of timeTellers) tell();
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
