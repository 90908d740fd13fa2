import type { Lantian, Speaker } from "../../bot/lantian.ts";
import { ifSaved } from "../../bot/unsaved.ts";
import type { ChatHere } from "../../chat/command.ts";
import type { Inbound } from "../../store/inbox.ts";
import { type Author, nameOf } from "../kit/heard.ts";

/** Where and by whom something was said or pressed; ids are Telegram's numbers, never names. */
export type Sender = {
  chat: string;
  kind: "private" | "group";
  user: number;
  /** Topic of a group that has topics: the answer belongs there too. */
  topic?: number;
  /** What the group's people call it, and its topic where Telegram says that. */
  title?: string;
};

/** What of Telegram's user and chat decides who speaks. */
type From = { from?: { id: number; is_bot: boolean }; sender_chat?: unknown };
type Topic = {
  is_topic_message?: boolean;
  message_thread_id?: number;
  /** Whatever answers nothing in particular answers the message by which the topic was made. */
  reply_to_message?: { forum_topic_created?: { name: string } };
};
type Where = { id: number; type: string; title?: string | undefined };

/**
 * The sender of somebody who can be held to account: a person, in private or in a group. Null for bots, channels, and
 * whoever speaks as a group or channel: there the user that Telegram names is a stand-in.
 */
export function senderOf(
  { from, sender_chat }: From,
  chat: Where | undefined,
  topic: Topic = {},
): Sender | null {
  if (from === undefined || from.is_bot || sender_chat !== undefined || chat === undefined) return null;
  if (chat.type === "private")
    return chat.id === from.id ? { chat: String(chat.id), kind: "private", user: from.id } : null;
  if (chat.type !== "group" && chat.type !== "supergroup") return null;
  const { is_topic_message, message_thread_id, reply_to_message: made } = topic;
  const place = is_topic_message && message_thread_id !== undefined ? { topic: message_thread_id } : {};
  const title = [chat.title, place.topic && made?.forum_topic_created?.name].filter(Boolean).join("·");
  return { chat: String(chat.id), kind: "group", user: from.id, ...place, ...(title ? { title } : {}) };
}

/** Who sits there, as the store knows them now; of a stranger's message nothing is kept. */
export async function speakerOf(
  bot: Lantian,
  sender: Sender,
  row: Inbound,
): Promise<Speaker & { inbound: number }> {
  const speaker = await speakerFor(bot, sender);
  if (speaker.person === null)
    await ifSaved(bot.store, () => bot.store.write((w) => w.inbox.letPass(row.id)));
  return { ...speaker, inbound: row.id };
}

/** The same of what isn't kept. */
export async function speakerFor(bot: Lantian, sender: Sender): Promise<Speaker> {
  const identity = { platform: "telegram" as const, workspace: "", userKey: String(sender.user) };
  const person = await bot.store.read((r) => r.people.byIdentity(identity));
  const { chat: chatKey, kind, topic } = sender;
  const where = { platform: "telegram" as const, workspace: "", chatKey, kind };
  const chat: ChatHere = topic === undefined ? where : { ...where, topic: String(topic) };
  return { identity, person, chat };
}

/** The same of somebody who has sent a message: what comes of it is one effect, edited or not. */
export async function authorOf(
  bot: Lantian,
  sender: Sender,
  row: Inbound,
  { message_id }: { message_id: number },
): Promise<Author & { inbound: number }> {
  const said = nameOf("telegram", sender.chat, message_id);
  return { ...(await speakerOf(bot, sender, row)), said };
}
