import type { WebhookInfo } from "grammy/types";
import type { Telegram } from "./api.ts";

/** Time between two looks at the webhook, seconds. */
const EVERY = 60;

export type HookWatch = {
  /** Why updates don't come through, or null while they do. */
  trouble(): string | null;
  stop(): void;
};

/**
 * Asks Telegram every minute whether it reaches the webhook: one that nobody writes to looks from here like one that is
 * cut off. `onContact` hears of every look that finds it well.
 */
export function watchHook(options: {
  telegram: Telegram;
  url: string;
  onContact: () => Promise<void>;
  onFault: (error: unknown) => void;
  second?: number;
}): HookWatch {
  const { telegram, url, onContact, onFault, second = 1000 } = options;
  let trouble: string | null = null;
  /** Time of the newest error that has been seen; null before the first look, which only sees what was before this start. */
  let seen: number | null = null;

  const look = async () => {
    const info = await telegram.call("getWebhookInfo", (api, signal) => api.getWebhookInfo(signal));
    const before = trouble;
    const errorAt = info.last_error_date ?? 0;
    const failed = before !== null || (seen !== null && errorAt !== seen);
    trouble = troubleOf(info, url, failed);
    seen = errorAt;
    if (trouble === null) return onContact();
    if (before === null) onFault(new Error(`Telegram's updates don't come through: ${trouble}`));
  };
  const looking = () => void look().catch((error: unknown) => !telegram.cut.aborted && onFault(error));
  const timer = setInterval(looking, EVERY * second);
  timer.unref();
  looking();
  return { trouble: () => trouble, stop: () => clearInterval(timer) };
}

/** A failure after which nothing waits any more is none. */
function troubleOf(info: WebhookInfo, url: string, failed: boolean): string | null {
  if (info.url !== url) return "its webhook is set to another address";
  if (!failed || info.pending_update_count === 0) return null;
  return `${info.pending_update_count} wait, ${info.last_error_message ?? "no reason given"}`.slice(0, 200);
}
