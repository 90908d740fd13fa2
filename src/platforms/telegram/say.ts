import type { CallbackQuery, UserFromGetMe } from "grammy/types";
import type { Lantian, Speaker } from "../../bot/lantian.ts";
import { ifSaved } from "../../bot/unsaved.ts";
import type { DrawnCard, DrawnFile } from "../../chat/card.ts";
import { onlyInPrivate, sentInPrivate } from "../../chat/wording.ts";
import { goOutFirst, lostOf } from "../kit/answer-files.ts";
import type { StandingAnswer } from "../kit/heard.ts";
import { type CallTrouble, type Telegram, TelegramFault } from "./api.ts";
import { albumsOf, openBundle } from "./attach.ts";
import { drawParts, noticePart, type Part } from "./draw.ts";
import type { Post } from "./post.ts";
import type { Sender } from "./speaker.ts";

/** What answering needs. */
export type ChatConnection = { bot: Lantian; telegram: Telegram; post: Post; me: UserFromGetMe };

/** Telegram shows no more of a callback's answer. */
const TOAST = 200;

/**
 * Answers in a chat, from the place of an earlier answer on where there is one. Somebody who has blocked the bot can't be
 * answered, and that is all there is to it; what a closed topic doesn't take is said in private. @returns the messages' ids.
 */
export async function say(
  connection: ChatConnection,
  sender: Sender,
  parts: readonly Part[],
  { instead = null, silent = false }: { instead?: StandingAnswer | null; silent?: boolean } = {},
): Promise<number[]> {
  const { post } = connection;
  const { chat, topic } = sender;
  const [first, ...rest] = parts;
  const standing = instead?.chat === chat ? Number(instead.externalId.split(",")[0]) : Number.NaN;
  try {
    if (first === undefined || Number.isNaN(standing) || !(await post.replace(chat, standing, first)))
      return await post.reply(chat, parts, { topic, silent });
    return [standing, ...(await post.reply(chat, rest, { topic }))];
  } catch (error) {
    if (isClosed(error)) return [];
    if (!isTrouble(error, "topic")) throw error;
    await say(connection, privateOf(sender), parts);
    return [];
  }
}

/** Answers with a card and, after it, its files. @returns where the answer stands; null where it could not be said. */
export async function sayCard(
  connection: ChatConnection,
  sender: Sender,
  speaker: Speaker,
  card: DrawnCard,
  instead: StandingAnswer | null = null,
): Promise<StandingAnswer | null> {
  const standing = await sayWords(connection, sender, speaker, card, instead);
  if (standing !== null) await sayFiles(connection, sender, speaker, card);
  return standing;
}

/**
 * Answers in private what nobody else is to read, `tell` being the way; in a group a word says that it is there, or why it
 * is not. Where an earlier answer is mended in private, the group has had its word.
 */
export async function sayInPrivate(
  connection: ChatConnection,
  sender: Sender,
  what: string,
  tell: (there: Sender) => Promise<StandingAnswer | null>,
  instead: StandingAnswer | null = null,
): Promise<StandingAnswer | null> {
  const there = privateOf(sender);
  const standing = await tell(there);
  if (sender.kind === "group" && (standing === null || instead?.chat !== there.chat))
    await say(
      connection,
      sender,
      [standing === null ? closedPart(connection, what) : noticePart(sentInPrivate(what))],
      { instead },
    );
  return standing;
}

/**
 * Shows somebody in private how far something is, in one message that is edited; `standing` is where it stands, so that the
 * answer takes its place.
 */
export function meanwhileIn(connection: ChatConnection, sender: Sender) {
  const there = privateOf(sender);
  const own: { standing: StandingAnswer | null; show(card: DrawnCard): Promise<void> } = {
    standing: null,
    async show(card) {
      const [part] = drawParts(card, there.kind);
      if (part === undefined) return;
      const ids = await say(connection, there, [part], { instead: own.standing, silent: true });
      own.standing = { chat: there.chat, externalId: ids.join(",") };
    },
  };
  return own;
}

/** To somebody in a group who has not begun a private chat: how, and a button that opens it. */
export function closedPart({ me }: ChatConnection, what: string): Part {
  const open = { text: "打开私聊", url: `https://t.me/${me.username}` };
  return { ...noticePart(onlyInPrivate(what)), keyboard: [[open]] };
}

/** Whether somebody lets the bot write to them in private; they have to have begun. */
export async function opensPrivate({ telegram }: ChatConnection, { user }: Sender): Promise<boolean> {
  try {
    await telegram.call("sendChatAction", (api, signal) => api.sendChatAction(user, "typing", {}, signal));
    return true;
  } catch (error) {
    // Whatever else goes wrong is the answer's own affair.
    return !isClosed(error);
  }
}

/** A private chat has the number of the person in it. */
export const privateOf = ({ user }: Sender): Sender => ({ chat: String(user), kind: "private", user });

/** Answers with a card without its files: for whoever has just sent them. @returns where it stands. */
export async function sayWords(
  connection: ChatConnection,
  sender: Sender,
  speaker: Speaker,
  card: DrawnCard,
  instead: StandingAnswer | null = null,
): Promise<StandingAnswer | null> {
  const ids = await say(connection, sender, drawParts(card, sender.kind), { instead });
  const { person } = speaker;
  if (ids.length === 0) return null;
  const standing = { chat: sender.chat, externalId: ids.join(",") };
  if (person === null || card.subject === undefined || sender.kind !== "private") return standing;
  // What shows something that changes is found again when it does.
  const at = (await connection.bot.clock.now()).epochMilliseconds;
  const { store } = connection.bot;
  const shown = { platform: "telegram", personId: person.id, ...standing, card, at };
  await ifSaved(store, () => store.write((w) => w.messages.shown(shown)));
  return standing;
}

/**
 * Files are one person's: wherever they were asked for, they go to that person's private chat. Which of them may be lost is
 * told with a button; the answer itself stands in the chat, so failing now would only say it twice.
 */
async function sayFiles(
  connection: ChatConnection,
  sender: Sender,
  speaker: Speaker,
  card: DrawnCard,
): Promise<void> {
  const { bot } = connection;
  const { files: all = [] } = card;
  if (all.length === 0) return;
  const there = privateOf(sender);
  const bundles = albumsOf(all);
  const lost: DrawnFile[] = [];
  let perhaps = !(await goOutFirst(bot, speaker, card));
  if (perhaps) lost.push(...bundles.splice(0).flat());
  for (const [i, files] of bundles.entries()) {
    const bundle = await openBundle(bot, speaker, card.title, files);
    try {
      if ("files" in bundle) await connection.post.replyFiles(there.chat, bundle);
      else await connection.post.reply(there.chat, [bundle]);
    } catch (error) {
      // Anything else means that the bot is stopping: the next start answers anew.
      if (!(error instanceof TelegramFault)) throw error;
      if (isClosed(error)) {
        if (sender.kind === "group") await say(connection, sender, [closedPart(connection, "附件")]);
        return;
      }
      perhaps ||= error.trouble.kind === "unknown";
      lost.push(...files);
      if (error.trouble.kind === "refused") continue;
      lost.push(...bundles.slice(i + 1).flat());
      break;
    }
  }
  if (lost.length === 0 || speaker.person === null) return;
  const told = await lostOf(bot, speaker.person, card, { files: lost, perhaps });
  await say(connection, there, drawParts(told, there.kind)).catch(() => undefined);
}

/** Nobody is reached there: blocked, gone, or never begun. */
const isClosed = (error: unknown): boolean => isTrouble(error, "blocked", "removed");

export const isTrouble = (error: unknown, ...kinds: CallTrouble["kind"][]): boolean =>
  error instanceof TelegramFault && kinds.includes(error.trouble.kind);

/** Ends the waiting mark on a button; whether Telegram still wants to know changes nothing of what was decided. */
export async function toast({ telegram }: ChatConnection, { id }: CallbackQuery, text = ""): Promise<void> {
  const shown = text.length > TOAST ? `${[...text].slice(0, TOAST / 2).join("")}…` : text;
  await telegram
    .call("answerCallbackQuery", (api, signal) => api.answerCallbackQuery(id, { text: shown }, signal))
    .catch(() => undefined);
}
