import { Api, GrammyError, HttpError } from "grammy";
import type { Outages } from "../../delivery/outages.ts";
import { masked } from "../../domain/personal-data.ts";
import { agentFor, isProxied } from "../kit/proxy.ts";
import { neverLeft } from "../kit/unsent.ts";

/** What a call that failed means for us. `why` is safe to log and to store: it never holds the token. */
export type CallTrouble =
  /** Telegram asks for patience; nothing was done. */
  | { kind: "later"; afterMs: number; why: string }
  /** The person has blocked the bot, or the account is gone. */
  | { kind: "blocked"; why: string }
  /** The group is gone, or has removed the bot. */
  | { kind: "removed"; why: string }
  /** The group has become a supergroup with another id. */
  | { kind: "migrated"; to: string; why: string }
  /** The topic is closed or gone; the group may be there. */
  | { kind: "topic"; why: string }
  /** Our HTML wasn't understood. */
  | { kind: "unparseable"; why: string }
  /** The message says already what it was to say. */
  | { kind: "unmodified"; why: string }
  /** The message to be edited doesn't exist any more. */
  | { kind: "gone"; why: string }
  /** Refused, and will be refused again. */
  | { kind: "refused"; why: string }
  /** The token isn't valid (any more). */
  | { kind: "token"; why: string }
  /** Somebody else fetches this bot's updates. */
  | { kind: "conflict"; why: string }
  /** The request certainly never left. */
  | { kind: "unreachable"; why: string }
  /** The request left and no answer came that could be understood. */
  | { kind: "unknown"; why: string };

/** A failed call, without grammY's error object: that one carries the token in its properties. */
export class TelegramFault extends Error {
  trouble: CallTrouble;
  constructor(method: string, trouble: CallTrouble) {
    super(`Telegram ${method}: ${trouble.kind}, ${trouble.why}`);
    this.trouble = trouble;
  }
}

export type Telegram = {
  /** The running client, whose settings are those of the reliability document. */
  api: Api;
  /** Makes one call; it is never repeated here. @throws TelegramFault and nothing else. */
  call<T>(method: string, run: (api: Api, signal: Signal) => Promise<T>, limit?: Limit): Promise<T>;
  /** How long the answer to an ordinary call is waited for, ms. */
  timeoutMs: number;
  /** Aborts when the bot has to end: whatever still waits for Telegram then waits no longer. */
  cut: AbortSignal;
};
type Tools = {
  second?: number;
  timeoutMs?: number;
  cut?: AbortSignal;
  outages?: Pick<Outages, "begins" | "ends">;
};
type Limit = { timeoutMs?: number; signal?: AbortSignal };
// grammY's types name the signal of a polyfill; at run time any signal will do.
type Signal = Parameters<Api["getMe"]>[0];

const FETCHING = "getUpdates";
/** Longest that an answer is waited for, ms; fetching updates and sending files take longer and say so. */
const TIMEOUT_MS = 10_000;

/** The client of one bot; `outages` hears of every call whether the token was refused. `second`: its length in ms. */
export function telegramOf(
  { token, apiRoot }: { token: string; apiRoot: string | null },
  { second = 1000, timeoutMs = TIMEOUT_MS, cut = new AbortController().signal, outages }: Tools = {},
): Telegram {
  const proxied = isProxied() ? { baseFetchConfig: { agent: agentFor(apiRoot ?? "https:") } } : {};
  const api = new Api(token, { timeoutSeconds: 60, ...(apiRoot ? { apiRoot } : {}), ...proxied });
  // Whatever is called leaves the machine: nothing of a person goes with it. A chat's number may look like a telephone's.
  api.config.use((prev, method, payload, signal) => {
    const to = "chat_id" in payload ? { chat_id: payload.chat_id } : {};
    return prev(method, { ...masked(payload), ...to }, signal);
  });
  /** Fetching was refused: a message that goes out meanwhile doesn't show that any come in. */
  let isDeaf = false;
  return {
    api,
    timeoutMs,
    cut,
    async call(method, run, limit = {}) {
      const timeout = AbortSignal.timeout(limit.timeoutMs ?? timeoutMs);
      const signal = AbortSignal.any([cut, timeout, ...(limit.signal ? [limit.signal] : [])]);
      try {
        const result = await run(api, signal as Signal);
        if (method === FETCHING) isDeaf = false;
        if (!isDeaf) outages?.ends("token");
        return result;
      } catch (error) {
        const trouble = troubleOf(error, second);
        if (trouble.kind === "token") {
          if (method === FETCHING) isDeaf = true;
          outages?.begins("token", trouble.why);
        }
        throw new TelegramFault(method, trouble);
      }
    },
  };
}

/** A chat that is not there (for the bot), or lets it say nothing. */
const UNWELCOME =
  /group chat was deactivated|chat not found|no rights to send|not enough rights|need administrator rights|CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED|CHAT_SEND_\w+_FORBIDDEN|CHANNEL_PRIVATE|USER_BANNED_IN_CHANNEL/;

function troubleOf(error: unknown, second: number): CallTrouble {
  if (error instanceof GrammyError) return refusalOf(error, second);
  const cause = error instanceof HttpError ? (error.error as { code?: unknown; type?: unknown }) : {};
  const code = String(cause.code ?? cause.type ?? "no answer").replace(/[^\w -]/g, "");
  return { kind: neverLeft(code) ? "unreachable" : "unknown", why: code };
}

function refusalOf({ error_code: code, description, parameters }: GrammyError, second: number): CallTrouble {
  const why = `${code} ${description}`.slice(0, 200);
  const says = (pattern: RegExp) => pattern.test(description);
  if (code === 429) return { kind: "later", afterMs: (parameters.retry_after ?? 5) * second, why };
  if (parameters.migrate_to_chat_id !== undefined)
    return { kind: "migrated", to: String(parameters.migrate_to_chat_id), why };
  if (code === 401 || code === 404) return { kind: "token", why };
  if (code === 409) return { kind: "conflict", why };
  if (code === 403)
    return { kind: says(/blocked by the user|user is deactivated|initiate/) ? "blocked" : "removed", why };
  // What a server says that failed itself, or that isn't Telegram, proves nothing about what was done before.
  if (typeof code !== "number" || code >= 500) return { kind: "unknown", why };
  if (says(/message is not modified/)) return { kind: "unmodified", why };
  if (says(/can't parse entities/)) return { kind: "unparseable", why };
  if (says(/message to edit not found|message can't be edited|MESSAGE_ID_INVALID/))
    return { kind: "gone", why };
  if (says(/TOPIC_CLOSED|TOPIC_DELETED|message thread not found/)) return { kind: "topic", why };
  if (says(UNWELCOME)) return { kind: "removed", why };
  return { kind: "refused", why };
}
