import type { CallbackQuery, UserFromGetMe } from "grammy/types";
import type { Lantian, Speaker } from "../../bot/router.ts";
import type { DrawnCard } from "../../chat/card.ts";
import { type Telegram, TelegramFault } from "./api.ts";
import { bundled, lostLine, openBundle } from "./attach.ts";
import { drawParts, noticePart, type Part } from "./draw.ts";
import type { Post } from "./post.ts";
import type { Seat } from "./speaker.ts";

/** What answering needs. */
export type Desk = { bot: Lantian; telegram: Telegram; post: Post; me: UserFromGetMe };

/** Telegram shows no more of a callback's answer. */
const TOAST = 200;

/** Answers in a chat. Somebody who has blocked the bot can't be answered, and that is all there is to it. */
export async function say({ post }: Desk, seat: Seat, parts: readonly Part[]): Promise<number[]> {
  try {
    return await post.reply(seat.chat, parts, seat.topic);
  } catch (error) {
    if (isClosed(error)) return [];
    throw error;
  }
}

/** Answers with a card and, after it, its files. */
export async function sayCard(desk: Desk, seat: Seat, speaker: Speaker, card: DrawnCard): Promise<void> {
  await sayWords(desk, seat, speaker, card);
  await sayFiles(desk, seat, speaker, card);
}

/** Answers with a card without its files: for whoever has just sent them. */
export async function sayWords(desk: Desk, seat: Seat, speaker: Speaker, card: DrawnCard): Promise<void> {
  const ids = await say(desk, seat, drawParts(card, seat.kind));
  const { person } = speaker;
  if (person === null || card.subject === undefined || seat.kind !== "private" || ids.length === 0) return;
  // What shows something that changes is found again when it does.
  const at = (await desk.bot.clock.now()).epochMilliseconds;
  await desk.bot.store.write((w) =>
    w.messages.shown({
      platform: "telegram",
      personId: person.id,
      chat: seat.chat,
      externalId: ids.join(","),
      card,
      at,
    }),
  );
}

/** Files are one person's: wherever they were asked for, they go to that person's private chat. */
async function sayFiles(desk: Desk, seat: Seat, speaker: Speaker, card: DrawnCard): Promise<void> {
  const chat = String(seat.user);
  let lost = false;
  for (const files of bundled(card.files ?? [])) {
    const bundle = await openBundle(desk.bot, speaker, card.title, files);
    try {
      if ("files" in bundle) await desk.post.replyFiles(chat, bundle);
      else await desk.post.reply(chat, [bundle]);
    } catch (error) {
      // Anything else means that the bot is stopping: the next start answers anew.
      if (!(error instanceof TelegramFault)) throw error;
      if (isClosed(error)) {
        if (seat.kind === "group") await say(desk, seat, [noticePart(IN_PRIVATE)]);
        return;
      }
      lost = true;
      if (error.trouble.kind !== "refused") break;
    }
  }
  // The answer itself stands in the chat: failing now would only say it twice.
  if (lost)
    await say(desk, { chat, kind: "private", user: seat.user }, [lostLine(card)]).catch(() => undefined);
}

const IN_PRIVATE = "附件只发到私聊。请先打开与我的私聊并点“开始”，再发送同样的内容。";

/** Nobody is reached there: blocked, gone, or never begun. */
function isClosed(error: unknown): boolean {
  return error instanceof TelegramFault && ["blocked", "removed"].includes(error.trouble.kind);
}

/** Ends the waiting mark on a button; whether Telegram still wants to know changes nothing of what was decided. */
export async function toast({ telegram }: Desk, { id }: CallbackQuery, text = ""): Promise<void> {
  const shown = text.length > TOAST ? `${[...text].slice(0, TOAST / 2).join("")}…` : text;
  await telegram
    .call("answerCallbackQuery", (api, signal) => api.answerCallbackQuery(id, { text: shown }, signal))
    .catch(() => undefined);
}
