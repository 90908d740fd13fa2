import type { CallbackQuery, Message, UserFromGetMe } from "grammy/types";
import type { AnyCommand } from "../../chat/command.ts";

/** What Telegram may bring that the bot has no use for; everything else without text is news of the chat itself. */
const CONTENT = [
  "sticker",
  "voice",
  "video",
  "video_note",
  "audio",
  "animation",
  "venue",
  "contact",
  "poll",
  "dice",
] as const;

/** Whether somebody has sent something, and not merely renamed or joined the chat. */
export function isContent(message: Message): boolean {
  return CONTENT.some((kind) => message[kind] !== undefined);
}

/** Whether a message brings a document, a photo or a position. */
export function bringsFile({ document, photo, location }: Message): boolean {
  return document !== undefined || photo !== undefined || location !== undefined;
}

/**
 * What a message says to the bot, as a phrase; null when it says nothing to it. In private every text does, in a group
 * only a command of ours, a mention, an answer to one of the bot's messages, and a code, which must not stay good once
 * everybody has read it. `/start CODE`, which a deep link sends, is 绑定 CODE.
 */
export function saidTo(me: UserFromGetMe, commands: readonly AnyCommand[], message: Message): string | null {
  const text = (message.text ?? message.caption ?? "").trim();
  const command = text.match(/^\/(\w+)(?:@(\w+))?(?=\s|$)/);
  const named = command?.[2]?.toLowerCase();
  if (named !== undefined && named !== me.username.toLowerCase()) return null;
  if (command?.[1]?.toLowerCase() === "start") {
    const code = text.slice(command[0].length).trim();
    return code === "" ? "帮助" : `绑定 ${code}`;
  }
  if (message.chat.type === "private") return text === "" ? null : text;
  if (command) {
    const name = command[1]?.toLowerCase();
    return named !== undefined || commands.some((c) => c.name === name) ? text : null;
  }
  const mention = mentionOf(me);
  const addressed =
    mention.test(text) || message.reply_to_message?.from?.id === me.id || /^绑定\s*[\w-]{6,}/.test(text);
  if (!addressed) return null;
  return text.replace(mention, " ").trim() || "帮助";
}

/** What a button says for whoever presses it; null for one that does something itself. */
export const saidBy = ({ data }: CallbackQuery): string | null =>
  data?.startsWith("s:") ? data.slice(2) : null;

/** What stands below a file, without the mention of the bot. */
export function captionTo(me: UserFromGetMe, { caption = "" }: Message): string {
  return caption.replace(mentionOf(me), " ").trim();
}

const mentionOf = ({ username }: UserFromGetMe) => new RegExp(`@${username}(?!\\w)`, "gi");
