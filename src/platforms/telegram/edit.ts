import type { Message } from "grammy/types";
import { ask } from "../../bot/router.ts";
import type { Inbound } from "../../store/inbox.ts";
import { judgeEdit, noteHeard, noteTold } from "../kit/heard.ts";
import { answerReply, asking, fills } from "./answer.ts";
import { dialogOf } from "./dialog.ts";
import { bringsFile, saidTo } from "./hearing.ts";
import type { ChatConnection } from "./say.ts";
import { authorOf, senderOf } from "./speaker.ts";

/**
 * Somebody has changed a message: one that was not understood or asked about is read again and answered in the place of
 * the earlier answer; what was done stays. Files, a position that moves, and what was forwarded are taken as they came.
 */
export async function handleEdit(connection: ChatConnection, row: Inbound, message: Message): Promise<void> {
  const { bot, me } = connection;
  const sender = senderOf(message, message.chat, message);
  const isTaken = bringsFile(message) || message.forward_origin !== undefined;
  const text = isTaken ? null : saidTo(me, bot.registry.commands, message);
  if (sender === null || text === null) return;
  const author = await authorOf(bot, sender, row, message);
  const edit = await judgeEdit(bot, author, text);
  if (edit.kind === "none") return;
  if (edit.kind === "too late") {
    await answerReply(connection, sender, author, edit.reply);
    return noteTold(bot, author, text);
  }
  const dialog = fills(author, sender) ? await dialogOf(bot, author) : null;
  if (dialog !== null && (await isOf(author.said, dialog.token, connection)))
    await bot.store.write((w) => w.chats.endDialog(author.person?.id ?? 0));
  const { speaker, standing: instead } = edit;
  const reply = await ask(bot, asking(connection, sender, speaker), text);
  const standing = await answerReply(connection, sender, speaker, reply, instead);
  await noteHeard(bot, author, text, { reply, standing });
}

/** Whether a form was opened by this message: its questions are no longer to be answered. */
async function isOf(said: string, token: string, { bot }: ChatConnection): Promise<boolean> {
  const meaning = await bot.store.read((r) => r.buttons.meaning(token));
  return meaning?.params["@"] === said;
}
