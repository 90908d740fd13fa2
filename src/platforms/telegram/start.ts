import type { RequestListener } from "node:http";
import type { Update, UserFromGetMe } from "grammy/types";
import type { Lantian } from "../../chat/router.ts";
import type { TelegramConfig } from "../../config.ts";
import { courierOf } from "../../delivery/courier.ts";
import { startLanes } from "../../delivery/lanes.ts";
import type { Door } from "../../delivery/worker.ts";
import { type Telegram, TelegramFault, telegramOf } from "./api.ts";
import { telegramDoor } from "./door.ts";
import { chatOfUpdate, handleUpdate, makeUpFor } from "./handle.ts";
import { menuOf } from "./menu.ts";
import { paceOf, pause } from "./pace.ts";
import { ALLOWED_UPDATES, startPolling } from "./poll.ts";
import { postOf } from "./post.ts";
import { webhookListener, webhookPath } from "./webhook.ts";

/** Fetching that has brought nothing, not even silence, for so long is not well, seconds. */
const UNWELL_AFTER = 120;

export type RunningTelegram = {
  door: Door;
  telegram: Telegram;
  /** Where updates are to be received; null while they are fetched. */
  mount: { path: string; listener: RequestListener } | null;
  /** How the connection is, for /health. */
  health(): { ok: boolean; detail: string };
  /** Takes nothing more in, finishes what is being answered, and leaves the rest to the next start. */
  stop(): Promise<void>;
};

type Knobs = {
  /** Length of a second in ms; tests shorten it. */
  second?: number;
  /** How long a fetch is held open, seconds. */
  hold?: number;
  timeoutMs?: number;
  machineNow?: () => number;
};

/**
 * Starts Telegram: answers what comes in, by fetching or through a webhook, and gives the door through which deliveries
 * go out. A network that is down doesn't stop the start; a token that Telegram refuses does.
 * @throws TelegramFault for a refused token.
 */
export async function startTelegram(
  bot: Lantian,
  config: TelegramConfig,
  { second = 1000, hold, timeoutMs, machineNow = Date.now }: Knobs = {},
): Promise<RunningTelegram> {
  const telegram = telegramOf(config, { second, ...(timeoutMs ? { timeoutMs } : {}) });
  const pace = paceOf({ second });
  const post = postOf(bot, { telegram, pace, second });
  const stopping = new AbortController();
  const onFault = (error: unknown) => bot.report(error, "telegram");

  let me: UserFromGetMe | null = null;
  const lanes = startLanes(bot, "telegram", {
    laneOf: chatOfUpdate,
    second,
    handle: async (row) => {
      if (me === null) throw new Error("Telegram has not said yet who the bot is");
      await handleUpdate({ bot, telegram, post, me }, row);
    },
  });
  /** One transaction for a whole batch: after it, and not before, Telegram may forget the updates. */
  const keep = async (updates: readonly Update[]) => {
    const receivedAt = (await bot.clock.now()).epochMilliseconds;
    await bot.store.write(async ({ inbox }) => {
      for (const update of updates) {
        const externalId = String(update.update_id);
        await inbox.receive({
          platform: "telegram",
          externalId,
          payload: JSON.stringify(update),
          receivedAt,
        });
      }
    });
    if (me !== null) lanes.wake();
  };

  /** Whatever the network does, this is tried until it succeeds or the token is refused. */
  const insistently = async <T>(run: () => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await run();
      } catch (error) {
        const trouble = error instanceof TelegramFault ? error.trouble : null;
        if (trouble === null || trouble.kind === "token" || trouble.kind === "refused") throw error;
        if (tries === 1) onFault(error);
        await pause(trouble.kind === "later" ? trouble.afterMs : 5 * second, stopping.signal);
      }
    }
  };
  const introduce = () => telegram.call("getMe", (api, signal) => api.getMe(signal));
  const comeAlive = async (self: UserFromGetMe) => {
    // Before anything new is worked on: what is under way then would look the same.
    const unanswered = await bot.store.read((r) => r.inbox.unanswered("telegram"));
    me = self;
    lanes.wake();
    await connect();
    const desk = { bot, telegram, post, me };
    for (const row of unanswered) await makeUpFor(desk, row).catch(onFault);
    const commands = menuOf(bot.registry.commands);
    await insistently(() => telegram.call("setMyCommands", (api, s) => api.setMyCommands(commands, {}, s)));
  };

  const { webhook } = config;
  const mount = webhook && {
    path: webhookPath(webhook.secret),
    listener: webhookListener({ secret: webhook.secret, keep, onFault }),
  };
  let polling: ReturnType<typeof startPolling> | null = null;
  const connect = async () => {
    if (webhook !== null) {
      const url = `${webhook.url}${webhookPath(webhook.secret)}`;
      const options = { secret_token: webhook.secret, allowed_updates: ALLOWED_UPDATES };
      await insistently(() => telegram.call("setWebhook", (api, s) => api.setWebhook(url, options, s)));
      return;
    }
    // A webhook left over from before would keep all updates to itself; those that wait stay.
    await insistently(() => telegram.call("deleteWebhook", (api, s) => api.deleteWebhook({}, s)));
    if (!stopping.signal.aborted)
      polling = startPolling({ telegram, keep, onFault, second, ...(hold === undefined ? {} : { hold }) });
  };

  const first = await introduce().catch((error: unknown) => {
    if (error instanceof TelegramFault && error.trouble.kind !== "token") return null;
    throw error;
  });
  const background = (async () => {
    await comeAlive(first ?? (await insistently(introduce)));
  })().catch((error: unknown) => {
    if (!stopping.signal.aborted) onFault(error);
  });

  let refusedToken: string | null = null;
  const door = telegramDoor(bot, {
    post,
    pace,
    second,
    onToken: (why) => {
      if (refusedToken === null) onFault(new Error(`Telegram refuses the bot's token: ${why}`));
      refusedToken = why;
    },
  });
  const courier = courierOf(bot, door, { machineNow, onFault });

  return {
    door: courier.door,
    telegram,
    mount,
    health() {
      const ended = polling?.ended() ?? refusedToken;
      if (ended !== null) return { ok: false, detail: `stopped: ${ended}` };
      const silent = polling === null ? 0 : Math.round(polling.silentFor() / second);
      const detail = me === null ? "not reached yet" : `@${me.username}, last fetch ${silent} s ago`;
      return { ok: me !== null && silent < UNWELL_AFTER, detail };
    },
    async stop() {
      stopping.abort();
      await polling?.stop();
      const drained = [lanes.stop(), courier.stop()];
      pace.stop();
      await Promise.all(drained);
      await background;
    },
  };
}
