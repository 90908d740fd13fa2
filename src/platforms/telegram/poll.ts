import type { Update } from "grammy/types";
import type { Outages } from "../../delivery/outages.ts";
import { pause } from "../kit/pause.ts";
import { type Telegram, TelegramFault } from "./api.ts";

/** What the bot asks Telegram for; everything else is not sent. */
export const ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"] as const;

/** Without a successful fetch for this long, seconds, fetching counts as stuck. */
const STUCK_AFTER = 120;
/** Waits after failed fetches, seconds; whatever the failure, it is tried on. */
const BACKOFF = [1, 2, 5, 10, 30] as const;

export type Polling = {
  /** ms since the last successful fetch. */
  silentFor(): number;
  /** Ends the fetch under way and waits until what it brought is kept. */
  stop(): Promise<void>;
};

type Options = {
  telegram: Telegram;
  /** Commits a batch in one transaction; only then Telegram is told that we have it. */
  keep: (updates: readonly Update[]) => Promise<void>;
  /** Hears of every fetch that succeeded, once what it brought is kept. */
  onContact: () => Promise<void>;
  onFault: (error: unknown) => void;
  outages: Pick<Outages, "begins" | "ends">;
  second?: number;
  /** How long Telegram may hold a fetch open, seconds. */
  hold?: number;
};

/**
 * Fetches updates one batch after another: fetch, commit, and only with the next fetch confirm. A crash in between brings
 * the batch again, never loses it. The offset is forgotten once it has confirmed everything: after a week of silence
 * Telegram starts its numbers anew, and an old offset would confirm what nobody has seen.
 */
export function startPolling({
  telegram,
  keep,
  onContact,
  onFault,
  outages,
  second = 1000,
  hold = 30,
}: Options): Polling {
  const stopping = new AbortController();
  let last = performance.now();
  let saidStuck = false;
  let fetching = new AbortController();

  const fetch = (offset: number | undefined) => {
    fetching = new AbortController();
    const signal = AbortSignal.any([stopping.signal, fetching.signal]);
    const request = {
      timeout: hold,
      limit: 100,
      allowed_updates: ALLOWED_UPDATES,
      ...(offset === undefined ? {} : { offset }),
    };
    // Longer than Telegram holds it, shorter than the watch below.
    const timeoutMs = (hold + 25) * second;
    return telegram.call("getUpdates", (api, s) => api.getUpdates(request, s), { signal, timeoutMs });
  };

  const loop = async () => {
    let offset: number | undefined;
    let failures = 0;
    let isSaid = false;
    while (!stopping.signal.aborted) {
      try {
        const asked = performance.now();
        // What bears no number can't be confirmed, let alone be worked off: it must not keep the others of its batch out.
        const updates = (await fetch(offset)).filter((update) => Number.isSafeInteger(update?.update_id));
        if (updates.length > 0) await keep(updates);
        offset = updates.length > 0 ? Math.max(...updates.map((u) => u.update_id)) + 1 : undefined;
        last = performance.now();
        failures = 0;
        isSaid = false;
        saidStuck = false;
        outages.ends("silence");
        outages.ends("second-program");
        await onContact();
        // Telegram holds a fetch until there is something. Whoever doesn't (a gateway) is not to be asked without end.
        if (updates.length === 0 && performance.now() - asked < second / 2)
          await pause(second, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return;
        const trouble = error instanceof TelegramFault ? error.trouble : null;
        if (trouble?.kind === "conflict") outages.begins("second-program", trouble.why);
        // A network that is down for hours is said once, not every half minute; a refused token is heard of elsewhere.
        else if (trouble?.kind !== "token" && !isSaid) {
          isSaid = true;
          onFault(error);
        }
        const wait = trouble?.kind === "later" ? trouble.afterMs : (BACKOFF[failures] ?? 30) * second;
        failures += 1;
        await pause(wait, stopping.signal).catch(() => undefined);
        if (trouble?.kind === "conflict" && /webhook/i.test(trouble.why)) await reclaim();
      }
    }
  };
  /** A webhook of the other program's stays when that is gone, and keeps all updates to itself. */
  const reclaim = () =>
    telegram
      .call("deleteWebhook", (api, s) => api.deleteWebhook({}, s), { signal: stopping.signal })
      .catch(() => undefined);

  const watch = setInterval(() => {
    if (saidStuck || performance.now() - last < STUCK_AFTER * second) return;
    saidStuck = true;
    onFault(new Error(`no updates could be fetched from Telegram for ${STUCK_AFTER} seconds`));
    fetching.abort();
  }, 5 * second);
  watch.unref();
  const running = loop();
  return {
    silentFor: () => performance.now() - last,
    async stop() {
      clearInterval(watch);
      stopping.abort();
      await running;
    },
  };
}
