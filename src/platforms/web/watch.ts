import type { Conversation, MessageRow } from "../../store/messages.ts";
import type { Store } from "../../store/store.ts";

/** How often the file is looked at. A look is one pragma; only a change costs a query. */
const EVERY_MS = 300;

/**
 * Calls back with the messages of a conversation that are added or redrawn from now on, whichever process wrote them:
 * the console sees what `play` in a terminal delivers. Ends with the signal.
 */
export function watchMessages(
  store: Store,
  conversation: () => Promise<Conversation>,
  onRows: (rows: MessageRow[]) => void,
  signal: AbortSignal,
): void {
  let seen: number | null = null;
  let version = -1;
  let looking = false;
  const look = async () => {
    if (looking || signal.aborted) return;
    looking = true;
    try {
      if (seen === null) seen = await store.read((r) => r.messages.newestRevision());
      const now = store.dataVersion();
      if (now === version) return;
      version = now;
      const whose = await conversation();
      const rows = await store.read((r) => r.messages.changedSince("web", whose, seen ?? 0));
      seen = Math.max(seen, await store.read((r) => r.messages.newestRevision()));
      if (rows.length > 0) onRows(rows);
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS);
  timer.unref();
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  void look();
}
