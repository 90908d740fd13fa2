import type { ConsoleMessage } from "../console.ts";
import { asTab } from "./tab.ts";

type Listeners = {
  messages(messages: ConsoleMessage[]): void;
  clock(time: { now: string; weekday: string }): void;
  /** Connected, for the first time or again: what came meanwhile has to be fetched. */
  connected(): void;
  lost(): void;
};

/** Three missed heartbeats: the server is gone though the connection looks alive, as after a phone slept. */
const silenceMs = 65_000;

/** Listens to the server's pushes and connects again whenever that ends; what it returns does so at once. */
export function listen(to: Listeners): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = 1000;

  const after = (ms: number, what: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(what, ms);
  };
  const lost = () => {
    // EventSource's own retry gives up on an error status, and a server that restarts answers with some.
    source?.close();
    to.lost();
    after(wait, connect);
    wait = Math.min(wait * 2, 15_000);
  };
  const connect = () => {
    source?.close();
    source = new EventSource(asTab("/api/events"));
    const hear = (event: string, tell: (data: string) => void) =>
      source?.addEventListener(event, ({ data }: MessageEvent) => {
        after(silenceMs, lost);
        tell(data);
      });
    hear("open", () => {
      wait = 1000;
      to.connected();
    });
    hear("messages", (data) => to.messages(JSON.parse(data)));
    hear("clock", (data) => to.clock(JSON.parse(data)));
    source.addEventListener("error", lost);
    after(silenceMs, lost);
  };

  window.addEventListener("online", connect);
  connect();
  return connect;
}
