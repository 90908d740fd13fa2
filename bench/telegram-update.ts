import { Bot, webhookCallback } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import { startTelegram } from "../src/platforms/telegram/start.ts";
import { listen } from "./listen.ts";
import { addMembers } from "./members.ts";
import { benchOffice } from "./office.ts";
import { outside, until } from "./outside.ts";
import { ACK_AIMS, type Finding, halfAndNearlyAll, roundsOf, type Size } from "./side-by-side.ts";
import type { TelegramOutside } from "./telegram-outside.ts";

const SECRET = "bench-webhook-secret-0123456789abcdef";
/** Enough people that everybody's chat has had its pause before the next question in it. */
const MEMBERS = 50;

/**
 * A Telegram update until the webhook has acknowledged it and until its answer stands in the chat: through the whole bot,
 * which commits before it acknowledges, against grammY's own webhook in front of an empty handler, and of one that answers
 * with a constant text.
 */
export async function telegramUpdate(size: Size): Promise<Finding[]> {
  const telegram = outside<TelegramOutside>("telegram-outside.ts");
  const { second, ...address } = await telegram.ask("open", undefined);
  const { bot, close } = await benchOffice();
  const users = Array.from({ length: MEMBERS }, (_, i) => 4_000 + i);
  await addMembers(bot, "telegram", "", users.map(String));
  const webhook = { url: "https://bench.invalid", secret: SECRET };
  const running = await startTelegram(bot, { ...address, webhook }, { second });
  if (running.mount === null) throw new Error("nothing is mounted");
  await until("the bot knows who it is", () => running.health().ok);

  const [ours, acknowledging, answering] = await Promise.all([
    listen(running.mount.listener, running.mount.path),
    listen(
      bareGrammy(address, () => undefined),
      "/",
    ),
    listen(
      bareGrammy(address, (context) => context.reply("海安：今年以来PM2.5均值35微克/立方米")),
      "/",
    ),
  ]);
  const to = { ours: ours.url, acknowledging: acknowledging.url, answering: answering.url, secret: SECRET };
  const asked = { ...to, users, text: "海安", ...roundsOf(size, 80, 240) };
  const { ack, answer } = await telegram.ask("updates", asked);

  await running.stop();
  for (const server of [ours, acknowledging, answering]) server.close();
  telegram.close();
  close();
  return [
    ...halfAndNearlyAll("Telegram update to ack / bare grammY", ack, ACK_AIMS),
    ...halfAndNearlyAll("Telegram question to answer / bare grammY", answer),
  ];
}

/** grammY with one handler behind its own webhook, which checks the secret as well. */
function bareGrammy(
  { token, apiRoot }: { token: string; apiRoot: string },
  handler: Parameters<Bot["use"]>[0],
) {
  const botInfo = { id: 1, is_bot: true, first_name: "bare", username: "bare_bot" } as UserFromGetMe;
  const bot = new Bot(token, { client: { apiRoot }, botInfo });
  bot.use(handler);
  return webhookCallback(bot, "http", { secretToken: SECRET });
}
