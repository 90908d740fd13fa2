import type { UserFromGetMe } from "grammy/types";
import type { Lantian } from "../../bot/lantian.ts";
import { deliveryTimerOf } from "../../delivery/delivery-timer.ts";
import { lostAnswersOn } from "../../delivery/lost-answers.ts";
import { outagesOf } from "../../delivery/outages.ts";
import type { RunningPlatform } from "../kit/chat-platform.ts";
import { type Telegram, TelegramFault, telegramOf } from "./api.ts";
import { contactWith } from "./contact.ts";
import { telegramDoor } from "./door.ts";
import { askerOf, makeUpFor } from "./handle.ts";
import { type HookWatch, watchHook } from "./hook.ts";
import { telegramIntake } from "./intake.ts";
import { personalMenusOf, tellCommonMenus } from "./menu.ts";
import { telegramPace } from "./pace.ts";
import { ALLOWED_UPDATES, type Polling, startPolling } from "./poll.ts";
import { postOf } from "./post.ts";
import { retrierOf } from "./retry.ts";
import type { TelegramSettings } from "./settings.ts";
import { webhookListener, webhookPath } from "./webhook.ts";

/** A stop lets answers under way reach their chats for so long, seconds; then it ends all waiting for Telegram. */
const GRACE = 5;

/** Tests look at the client, too. */
export type RunningTelegram = RunningPlatform & { telegram: Telegram };

type Knobs = {
  /** Length of a second in ms; tests shorten it. */
  second?: number;
  /** How long a fetch is held open, seconds. */
  hold?: number;
  timeoutMs?: number;
  machineNow?: () => number;
  /** Without a fetch, or a look at the webhook, that succeeds for so long (ms) Telegram is out of reach; tests shorten it. */
  awayMs?: number;
  /** The clock (ms, never set back) by which a trouble that comes again soon never went; tests turn it by hand. */
  ticks?: () => number;
};

/**
 * Starts Telegram: answers what comes in, by fetching or through a webhook, and gives the door through which deliveries
 * go out. A network that is down doesn't stop the start; a token that Telegram refuses does.
 * @throws TelegramFault for a refused token.
 */
export async function startTelegram(
  bot: Lantian,
  config: TelegramSettings,
  {
    second = 1000,
    hold,
    timeoutMs,
    machineNow = Date.now,
    awayMs,
    ticks = () => (performance.now() * 1000) / second,
  }: Knobs = {},
): Promise<RunningTelegram> {
  const stopping = new AbortController();
  const cut = new AbortController();
  const onFault = (error: unknown) => bot.report(error, "telegram");
  const goOn = () => timer.goOn();
  let me: UserFromGetMe | null = null;
  const lost = lostAnswersOn(bot, "telegram", {
    askerOf: (row) => me && askerOf({ bot, me }, row),
    onFault,
    afterwards: goOn,
  });
  const outages = outagesOf(bot, "telegram", {
    onFault,
    onMended: goOn,
    onWorks: lost.reached,
    awayMs,
    ticks,
  });
  const knobs = { second, cut: cut.signal, ...(timeoutMs ? { timeoutMs } : {}) };
  const telegram = telegramOf(config, { ...knobs, outages });
  const pace = telegramPace({ second, stopping: cut.signal });
  const post = postOf(bot, { telegram, pace, second });
  const retry = retrierOf({ second, stopping: stopping.signal, onFault });
  const contact = contactWith(bot, machineNow);
  const intake = telegramIntake(bot, {
    second,
    machineNow,
    retry,
    onLost: lost.note,
    menus: personalMenusOf(bot, telegram),
  });
  const { webhook } = config;
  const mount = webhook && {
    path: webhookPath(webhook.secret),
    listener: webhookListener({ secret: webhook.secret, keep: intake.keep, onFault }),
  };

  const introduce = (by: Telegram) => by.call("getMe", (api, signal) => api.getMe(signal));
  const comeAlive = async (self: UserFromGetMe) => {
    me = self;
    const connection = { bot, telegram, post, me };
    // Before anything new is worked on: what is under way then would look the same.
    const unanswered = await bot.store.read((r) => r.inbox.unanswered("telegram"));
    intake.open(connection);
    await connect();
    for (const row of unanswered) await retry(() => makeUpFor(connection, row)).catch(onFault);
    await retry(() => tellCommonMenus(bot, telegram));
  };

  let polling: Polling | null = null;
  let hook: HookWatch | null = null;
  const connect = async () => {
    const watched = { telegram, onContact: contact.made, onFault, outages, second };
    if (webhook !== null) {
      const url = `${webhook.url}${webhookPath(webhook.secret)}`;
      const options = { secret_token: webhook.secret, allowed_updates: ALLOWED_UPDATES };
      const set = () => telegram.call("setWebhook", (api, s) => api.setWebhook(url, options, s));
      // An address that isn't taken now, since its name isn't known yet for example, is told again with every look.
      const isSet = await retry(set).then(
        () => true,
        (error: unknown) => {
          if (!stopping.signal.aborted) onFault(error);
          return false;
        },
      );
      if (!stopping.signal.aborted) hook = watchHook({ ...watched, url, set, isSet });
      return;
    }
    // A webhook left over from before would keep all updates to itself; those that wait stay.
    await retry(() => telegram.call("deleteWebhook", (api, s) => api.deleteWebhook({}, s)));
    if (!stopping.signal.aborted)
      polling = startPolling({ ...watched, keep: intake.keep, ...(hold === undefined ? {} : { hold }) });
  };

  // A start that is refused fails, and that is all there is to say of it.
  const first = await introduce(telegramOf(config, knobs)).catch((error: unknown) => {
    if (error instanceof TelegramFault && error.trouble.kind !== "token") return null;
    throw error;
  });
  const background = (async () => {
    await comeAlive(first ?? (await retry(() => introduce(telegram))));
  })().catch((error: unknown) => {
    if (!stopping.signal.aborted) onFault(error);
  });

  const door = telegramDoor(bot, { post, pace, second, stopping: stopping.signal });
  const timer = deliveryTimerOf(bot, door, { machineNow, onFault });

  return {
    door: timer.door,
    telegram,
    mount,
    health() {
      const outage = outages.standing();
      if (outage !== null) return { ok: false, detail: outage };
      if (me === null) return { ok: false, detail: "not reached yet" };
      const trouble = hook?.trouble() ?? null;
      if (trouble !== null) return { ok: false, detail: trouble };
      if (webhook !== null) return { ok: true, detail: `@${me.username}, by webhook` };
      const silent = polling === null ? 0 : Math.round(polling.silentFor() / second);
      return { ok: true, detail: `@${me.username}, last fetch ${silent} s ago` };
    },
    async stop() {
      stopping.abort();
      hook?.stop();
      const drained = Promise.all([polling?.stop(), intake.stop(), timer.stop(), background]);
      const grace = setTimeout(() => {
        cut.abort();
      }, GRACE * second);
      await drained;
      await Promise.all([outages.stop(), lost.written()]);
      clearTimeout(grace);
      cut.abort();
    },
  };
}
