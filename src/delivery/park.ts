import type { Lantian } from "../bot/lantian.ts";
import { platformName } from "../chat/platform.ts";
import type { Chat } from "../store/chats.ts";
import type { Writer } from "../store/store.ts";
import { tellOffice } from "./trouble.ts";

/** The bot is no longer in a group, or may not write there: nothing goes there until the office, which is told, binds it again. */
export async function chatGone(bot: Lantian, chat: Chat): Promise<void> {
  const now = await bot.clock.now();
  await bot.store.write((writer) => park(bot, writer, chat, now));
}

/** The same inside a transaction that is already open. */
export async function park(bot: Lantian, writer: Writer, chat: Chat, now: Temporal.Instant): Promise<void> {
  if (!(await writer.chats.park(chat.id))) return;
  await writer.audit.append({
    at: now.epochMilliseconds,
    personId: null,
    actor: platformName(bot.registry.platforms, chat.platform),
    act: "chat.parked",
    subject: `chat:${chat.id}`,
    outcome: "done",
  });
  await tellOffice(bot, writer, { kind: "parked", chat }, now);
}
