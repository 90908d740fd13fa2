import type { ConsoleMessage } from "../console.ts";

export type Listeners = {
  messages(messages: ConsoleMessage[]): void;
  clock(time: { now: string; weekday: string }): void;
  /** Connected, for the first time or again: what came meanwhile has to be fetched. */
  connected(): void;
  lost(): void;
};

/** Three missed heartbeats: the server is gone though the connection looks alive, as after a phone slept. */
const silenceMs = 65_000;

/** Listens to the server's pushes and connects again whenever that ends. */
export function listen(to: Listeners): { restart(): void } {
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let wait = 1000;

  const connect = () => {
    clearTimeout(again);
    source?.close();
    const stream = new EventSource("/api/events");
    source = stream;
    stream.addEventListener("open", () => {
      wait = 1000;
      alive();
      to.connected();
    });
    stream.addEventListener("messages", (event) => {
      alive();
      to.messages(JSON.parse(event.data));
    });
    stream.addEventListener("clock", (event) => {
      alive();
      to.clock(JSON.parse(event.data));
    });
    stream.addEventListener("error", lost);
    alive();
  };
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(lost, silenceMs);
  };
  const lost = () => {
    clearTimeout(silence);
    // EventSource's own retry gives up on an error status, and a server that restarts answers with some.
    source?.close();
    to.lost();
    clearTimeout(again);
    again = setTimeout(connect, wait);
    wait = Math.min(wait * 2, 15_000);
  };

  window.addEventListener("online", connect);
  connect();
  return { restart: connect };
}
