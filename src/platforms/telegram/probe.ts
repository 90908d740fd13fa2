import type { UserFromGetMe, WebhookInfo } from "grammy/types";
import type { Finding } from "../../store/inspection.ts";
import { askPlatform, clockFinding } from "../kit/ask-platform.ts";
import type { TelegramSettings } from "./settings.ts";
import { webhookPath } from "./webhook.ts";

/** An error of the webhook that is older than this is over, seconds. */
const RECENT_S = 3600;
/** Updates that may wait without anything being wrong. */
const MANY_WAITING = 100;

type Answer<T> = { ok?: boolean; description?: string; result?: T };

/** Looks at the bot's place in Telegram without changing or sending anything: the token, the webhook, the clock. */
export async function probeTelegram(config: TelegramSettings, timeoutMs?: number): Promise<Finding[]> {
  const ask = (method: string) =>
    askPlatform(
      `${config.apiRoot ?? "https://api.telegram.org"}/bot${config.token}/${method}`,
      {},
      timeoutMs,
    );
  const me = await ask("getMe");
  if (me.kind === "silence") return [unreached(me.why)];
  const findings = [
    botToken(me.status, me.body as Answer<UserFromGetMe> | null),
    ...clockFinding("Telegram", me.clockOff),
  ];
  if (!findings[0]?.ok) return findings;
  const info = await ask("getWebhookInfo");
  if (info.kind === "silence") return [...findings, unreached(info.why)];
  const { result } = (info.body ?? {}) as Answer<WebhookInfo>;
  return result === undefined ? findings : [...findings, webhook(config, result), waiting(result)];
}

const unreached = (why: string): Finding => ({
  name: "telegram",
  ok: false,
  detail: `can't be reached (${why})`,
  mend: "check the network, the proxy (HTTPS_PROXY), and TELEGRAM_API_ROOT",
});

function botToken(status: number, body: Answer<UserFromGetMe> | null): Finding {
  const name = "telegram token";
  if (body?.ok === true) return { name, ok: true, detail: `@${body.result?.username ?? ""}` };
  return {
    name,
    ok: false,
    detail: `Telegram refuses it: ${body?.description ?? `HTTP ${status}`}`,
    mend: "ask @BotFather for it (/token) and put it into TELEGRAM_BOT_TOKEN",
  };
}

function webhook({ webhook: own }: TelegramSettings, info: WebhookInfo): Finding {
  const name = "telegram webhook";
  // The path is as good as a secret: only the host is named.
  const there = info.url === "" || info.url === undefined ? null : (URL.parse(info.url)?.host ?? "somewhere");
  if (own === null) {
    if (there === null) return { name, ok: true, detail: "none; updates are fetched" };
    const mend = "start the bot (npm start): it takes the webhook away; or set TELEGRAM_WEBHOOK_URL";
    return { name, ok: false, detail: `updates go to ${there} instead of being fetched`, mend };
  }
  if (info.url !== `${own.url}${webhookPath(own.secret)}`) {
    const detail = there === null ? "Telegram knows of none" : `Telegram knows another one, at ${there}`;
    return { name, ok: false, detail, mend: "start the bot (npm start): it tells Telegram" };
  }
  const failedAgo = Date.now() / 1000 - (info.last_error_date ?? 0);
  if (failedAgo < RECENT_S)
    return {
      name,
      ok: false,
      detail: `failed ${Math.round(failedAgo / 60)} min ago: ${info.last_error_message ?? "no reason given"}`,
      mend: "check that TELEGRAM_WEBHOOK_URL leads to this bot from outside, with a valid certificate",
    };
  return { name, ok: true, detail: `at ${there}` };
}

function waiting({ pending_update_count: count }: WebhookInfo): Finding {
  const name = "telegram updates";
  const ok = count <= MANY_WAITING;
  const mend = "see that the bot is running and reached; Telegram forgets what waits longer than a day";
  return { name, ok, detail: `${count} waiting at Telegram`, ...(ok ? {} : { mend }) };
}
