import type { WebhookInfo } from "grammy/types";
import type { Outages } from "../../delivery/outages.ts";
import { type Telegram, TelegramFault } from "./api.ts";

/** Time between two looks at the webhook, seconds: a minute without one is told. */
const EVERY = 20;

export type HookWatch = {
  /** Why Telegram doesn't reach the webhook, or null while it does. */
  trouble(): string | null;
  stop(): void;
};

/**
 * Asks Telegram again and again whether it reaches the webhook: one that nobody writes to looks from here like one that is
 * cut off. `onContact` hears of every look that finds it well. An address that another program has set is replaced by ours:
 * it would stay when that program is gone.
 */
export function watchHook(options: {
  telegram: Telegram;
  url: string;
  /** Tells Telegram our address; `isSet`: it has taken it. */
  set: () => Promise<unknown>;
  isSet: boolean;
  outages: Pick<Outages, "begins" | "ends">;
  onContact: () => Promise<void>;
  onFault: (error: unknown) => void;
  second?: number;
}): HookWatch {
  const { telegram, url, set, outages, onContact, onFault, second = 1000 } = options;
  let trouble: string | null = null;
  let isOurs = options.isSet;
  let isSaid = false;
  /** Time of the newest error that has been seen; null before the first look, which only sees what was before this start. */
  let seen: number | null = null;

  const look = async () => {
    const info = await telegram.call("getWebhookInfo", (api, signal) => api.getWebhookInfo(signal));
    outages.ends("silence");
    if (info.url !== url) {
      if (isOurs) outages.begins("second-program", "the webhook was set to another address");
      else trouble = "it doesn't take the webhook's address";
      await set();
      isOurs = true;
      return;
    }
    outages.ends("second-program");
    isSaid = false;
    const before = trouble;
    const errorAt = info.last_error_date ?? 0;
    const failed = before !== null || (seen !== null && errorAt !== seen);
    trouble = troubleOf(info, failed);
    seen = errorAt;
    if (trouble === null) return onContact();
    if (before === null) onFault(new Error(`Telegram's updates don't come through: ${trouble}`));
  };
  const looking = () =>
    void look().catch((error: unknown) => {
      // A network that is down for hours is said once, not at every look; a refused token is heard of elsewhere.
      const isToken = error instanceof TelegramFault && error.trouble.kind === "token";
      if (isSaid || isToken || telegram.cut.aborted) return;
      isSaid = true;
      onFault(error);
    });
  const timer = setInterval(looking, EVERY * second);
  timer.unref();
  looking();
  return { trouble: () => trouble, stop: () => clearInterval(timer) };
}

/** A failure after which nothing waits any more is none. */
function troubleOf(info: WebhookInfo, failed: boolean): string | null {
  if (!failed || info.pending_update_count === 0) return null;
  return `${info.pending_update_count} wait, ${info.last_error_message ?? "no reason given"}`.slice(0, 200);
}
