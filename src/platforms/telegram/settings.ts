import { z } from "zod";
import { variable } from "../kit/settings.ts";

export type TelegramSettings = {
  token: string;
  /** Null for Telegram's own servers. */
  apiRoot: string | null;
  /** Null: updates are fetched. */
  webhook: { url: string; secret: string } | null;
};

/** How Telegram is reached. Null while no bot token is set. */
export const telegramSettings = z
  .object({
    TELEGRAM_BOT_TOKEN: variable.describe("the bot's token, from @BotFather; setting it opens Telegram"),
    TELEGRAM_API_ROOT: variable.describe(
      "another Telegram than api.telegram.org: a Bot API server of one's own",
    ),
    TELEGRAM_WEBHOOK_URL: variable.describe(
      "public https address that updates are sent to; unset, they are fetched",
    ),
    TELEGRAM_WEBHOOK_SECRET: variable.describe(
      "what Telegram shows at that address: 32 to 256 letters, digits, _ or -",
    ),
  })
  .transform((v, context): TelegramSettings | null => {
    if (v.TELEGRAM_BOT_TOKEN === null) return null;
    const fault = (variable: string, message: string) =>
      context.addIssue({ code: "custom", path: [variable], message });
    if (!/^\d+:[\w-]+$/.test(v.TELEGRAM_BOT_TOKEN))
      fault("TELEGRAM_BOT_TOKEN", "is no bot token; BotFather gives one such as 123456:ABC-DEF");
    const url = withoutSlash(v.TELEGRAM_WEBHOOK_URL);
    const secret = v.TELEGRAM_WEBHOOK_SECRET ?? "";
    if (url !== null && !/^https:\/\/[^\s?#]+$/.test(url))
      fault("TELEGRAM_WEBHOOK_URL", "Telegram sends to https addresses only");
    if (url !== null && !/^[\w-]{32,256}$/.test(secret))
      fault("TELEGRAM_WEBHOOK_SECRET", "must have 32 to 256 letters, digits, _ or -");
    return {
      token: v.TELEGRAM_BOT_TOKEN,
      apiRoot: withoutSlash(v.TELEGRAM_API_ROOT),
      webhook: url === null ? null : { url, secret },
    };
  });

const withoutSlash = (url: string | null) => url?.replace(/\/+$/, "") ?? null;
