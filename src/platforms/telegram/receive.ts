import type { Message } from "grammy/types";
import type { Lantian, Speaker } from "../../bot/lantian.ts";
import type { DrawnCard } from "../../chat/card.ts";
import type { Refusal } from "../../chat/refusal.ts";
import { receiveFile, takePosition } from "../../incoming/received-file.ts";
import { oneLine } from "../kit/plain-text.ts";
import { download } from "./download.ts";
import { captionTo, saidTo } from "./hearing.ts";
import type { ChatConnection } from "./say.ts";
import type { Sender } from "./speaker.ts";

/**
 * Takes what a message brings. Its size is checked before and while it comes; what it is, is told by its content.
 * @returns null for what a group's people send to each other.
 * @throws TelegramFault when Telegram could not be reached: the message is then handled once more.
 */
export async function receiveMessage(
  { bot, telegram, me }: ChatConnection,
  sender: Sender,
  speaker: Speaker,
  message: Message,
): Promise<DrawnCard | Refusal | null> {
  const isSpokenTo = saidTo(me, bot.registry.commands, message) !== null;
  if (sender.kind === "group" && !isSpokenTo && !(await followsInAlbum(bot, speaker, message))) return null;
  if (message.location) return takePosition(bot, speaker, message.location);
  const file = fileOf(bot, message);
  if (file === null) return null;
  const { id, name, size } = file;
  return receiveFile(bot, speaker, { name, size }, () => download(telegram, id), {
    caption: captionTo(me, message),
    album: message.media_group_id,
  });
}

/** An album's text, and with it the mention of the bot, stands below its first picture only. */
async function followsInAlbum({ store }: Lantian, { person }: Speaker, message: Message): Promise<boolean> {
  const album = message.media_group_id;
  if (album === undefined || person === null) return false;
  return (await store.read((r) => r.evidence.ofAlbum(person.id, album))).length > 0;
}

type Announced = { id: string; name: string; size: number | undefined };

function fileOf({ office }: Lantian, { document, photo, date, message_id }: Message): Announced | null {
  if (document) {
    const { file_id: id, file_name = "", file_size: size } = document;
    return { id, name: oneLine(file_name), size };
  }
  // The same photo in several sizes; a photo has no name of its own.
  const largest = photo?.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  if (largest === undefined) return null;
  const sentAt = office.local(Temporal.Instant.fromEpochMilliseconds(date * 1000)).toPlainDateTime();
  const day = sentAt.toString({ smallestUnit: "minute" }).replace(/[-:]/g, "").replace("T", "-");
  return { id: largest.file_id, name: `照片${day}-${message_id}.jpg`, size: largest.file_size };
}
