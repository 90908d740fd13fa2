import type { CallbackQuery, Message, Update } from "grammy/types";
import { earlier } from "../../bot/earlier.ts";
import type { Reply, Speaker } from "../../bot/lantian.ts";
import { ask, press } from "../../bot/router.ts";
import { isRefusal, type Refusal, refuse } from "../../chat/refusal.ts";
import type { Asker } from "../../delivery/lost-answers.ts";
import type { Inbound } from "../../store/inbox.ts";
import { albumAnswersOf } from "../kit/album-answers.ts";
import { lostAnswer } from "../kit/answer-lost.ts";
import { TOO_FAST } from "../kit/flood.ts";
import type { StandingAnswer } from "../kit/heard.ts";
import { offerFor } from "../kit/mentioned.ts";
import { isToldAgain } from "../kit/told-strangers.ts";
import { answerPhrase, answerReply, fills } from "./answer.ts";
import { dialogOf, type FormStep, formerly, moveOf, moveOn, openDialog, questionAgain } from "./dialog.ts";
import { cardOf, drawParts, noticePart } from "./draw.ts";
import { handleEdit } from "./edit.ts";
import { bringsFile, isContent, saidBy, saidTo } from "./hearing.ts";
import { membershipChanged } from "./membership.ts";
import { renameChat } from "./post.ts";
import { receiveMessage } from "./receive.ts";
import {
  type ChatConnection,
  closedPart,
  meanwhileIn,
  opensPrivate,
  privateOf,
  say,
  sayCard,
  sayInPrivate,
  sayWords,
  toast,
} from "./say.ts";
import { authorOf, type Sender, senderOf, speakerOf } from "./speaker.ts";

const CANCEL = /^(取消|\/cancel(@\w+)?)$/;
/** Answers one update from the inbox. @throws Error when Telegram can't be reached: the update is handled again. */
export async function handleUpdate(connection: ChatConnection, row: Inbound): Promise<void> {
  const update = JSON.parse(row.payload) as Update;
  if (update.my_chat_member) return membershipChanged(connection, update.my_chat_member);
  if (update.callback_query) return handlePress(connection, row, update.callback_query);
  const message = update.message ?? update.edited_message;
  if (message && isTalk(connection, message))
    await connection.bot.store.write((w) => w.inbox.letPass(row.id));
  if (update.edited_message) return handleEdit(connection, row, update.edited_message);
  if (update.message) return handleMessage(connection, row, update.message);
}

/** What a group's people say to each other, or nobody in particular says: it is read for numbers of issues, and isn't kept. */
const isTalk = ({ bot, me }: ChatConnection, message: Message) =>
  message.chat.type !== "private" &&
  (message.sender_chat !== undefined || saidTo(me, bot.registry.commands, message) === null);

/**
 * The lane of an update: those of one chat, or topic, are handled in order, and a form's questions are. Any other button acts at once,
 * behind nobody's answer; only its own answer waits for its turn in the chat.
 */
export function laneOf(row: Inbound): string | null {
  const { message, edited_message, callback_query, my_chat_member } = JSON.parse(row.payload) as Update;
  if (callback_query?.data?.startsWith("p:")) return null;
  const said = message ?? edited_message;
  const chat = said?.chat ?? callback_query?.message?.chat ?? my_chat_member?.chat;
  const topic = said?.is_topic_message ? `/${said.message_thread_id}` : "";
  // A form that nobody has promised must not hold up the rest.
  return `${chat?.id ?? callback_query?.from?.id ?? ""}${topic}`;
}

/** Who has sent an update that they got no answer to, and what it brought. */
export function askerOf({ me, bot }: Pick<ChatConnection, "me" | "bot">, { payload }: Inbound): Asker | null {
  const update = JSON.parse(payload) as Update;
  const { callback_query: query } = update;
  const message = update.message ?? update.edited_message;
  const sender = seatOfUpdate(update);
  if (sender === null) return null;
  const identity = { platform: "telegram", workspace: "", userKey: String(sender.user) } as const;
  if (message && bringsFile(message)) return { identity, did: "file" };
  const said = message ? saidTo(me, bot.registry.commands, message) : query && saidBy(query);
  if (said) return { identity, said };
  return query ? { identity, did: "press" } : null;
}

/** What had its effect but got no answer: who asked is told what came of it, and a form goes on with its question. */
export async function makeUpFor(connection: ChatConnection, row: Inbound): Promise<void> {
  const sender = seatOfUpdate(JSON.parse(row.payload) as Update);
  if (sender) {
    const speaker = await speakerOf(connection.bot, sender, row);
    const reply = await lostAnswer(connection.bot, speaker);
    const isKnown = !isRefusal(reply.answer);
    const dialog = !isKnown && fills(speaker, sender) ? await dialogOf(connection.bot, speaker) : null;
    if (dialog !== null) await say(connection, sender, [questionAgain(dialog)]);
    else await answerReply(connection, sender, speaker, reply);
  }
  await connection.bot.store.write((w) => w.inbox.finish(row.id, "done", null));
}

/** Somebody sends faster than anybody can: said once, whatever it was that they sent. */
export async function tellToSlowDown(connection: ChatConnection, row: Inbound): Promise<void> {
  const update = JSON.parse(row.payload) as Update;
  if (update.callback_query) return toast(connection, update.callback_query, TOO_FAST);
  const sender = seatOfUpdate(update);
  if (sender === null) return;
  const reply = { command: null, answer: refuse("too-many", TOO_FAST) };
  if (isToldAgain(connection.bot, await speakerOf(connection.bot, sender, row), reply)) return;
  await say(connection, sender, [noticePart(TOO_FAST)]);
}

/** Who has sent an update, and where; null where nobody can be held to account. */
export function seatOfUpdate({
  message: said,
  edited_message,
  callback_query: press,
}: Update): Sender | null {
  const message = said ?? edited_message;
  if (!press) return message ? senderOf(message, message.chat, message) : null;
  return senderOf(press, press.message?.chat, topicOf(press));
}

/** A message too old for Telegram to show has no date and no topic. */
const topicOf = ({ message }: CallbackQuery) => (message && message.date > 0 ? (message as Message) : {});

async function handleMessage(connection: ChatConnection, row: Inbound, message: Message): Promise<void> {
  const { bot } = connection;
  if (message.migrate_to_chat_id !== undefined)
    return renameChat(bot, String(message.chat.id), String(message.migrate_to_chat_id));
  if (message.migrate_from_chat_id !== undefined)
    return renameChat(bot, String(message.migrate_from_chat_id), String(message.chat.id));
  const sender = senderOf(message, message.chat, message);
  if (sender === null) return refuseFaceless(connection, row, message);
  const speaker = await authorOf(bot, sender, row, message);
  if (bringsFile(message)) return handleFile(connection, sender, speaker, message);
  const said = saidTo(connection.me, bot.registry.commands, message);
  if (said === null) {
    if (sender.kind === "group") await offerMentioned(connection, sender, speaker, message);
    else if (isContent(message)) await say(connection, sender, [noticePart(ONLY_TEXT)]);
    return;
  }
  if (message.forward_origin !== undefined && sender.kind === "private") {
    const answer = refuse("usage", "转发来的消息不作为您本人的话办理，请自己发送。");
    await say(connection, sender, refusalParts(answer, sender));
    return;
  }
  if (fills(speaker, sender)) {
    const dialog = await dialogOf(bot, speaker);
    const leaves = said.startsWith("/") && !/^\/(cancel|skip)\b/.test(said);
    if (dialog !== null && !leaves) {
      const text = CANCEL.test(said) ? null : said.replace(/^\/skip\b.*/, "跳过");
      const move = text === null ? ({ kind: "x" } as const) : ({ kind: "text", text } as const);
      return sayStep(connection, sender, speaker, await moveOn(bot, speaker, dialog, move));
    }
    if (dialog !== null) {
      await say(connection, sender, [noticePart(`“${dialog.title}”没有填完，已取消。`)]);
      await bot.store.write((w) => w.chats.endDialog(speaker.person.id));
    }
  }
  if (speaker.person !== null && CANCEL.test(said)) {
    await say(connection, sender, [noticePart("现在没有在填的表单。")]);
    return;
  }
  await answerPhrase(connection, sender, speaker, said);
}

/** A form goes on with a question, or ends with what came of it. */
async function sayStep(
  connection: ChatConnection,
  sender: Sender,
  speaker: Speaker,
  step: FormStep,
): Promise<void> {
  if ("card" in step) await sayCard(connection, sender, speaker, step.card);
  else await say(connection, sender, step.parts);
}

/** What comes of a file is for whoever sent it; of an album the group hears once. */
async function handleFile(
  connection: ChatConnection,
  sender: Sender,
  speaker: Speaker,
  message: Message,
): Promise<void> {
  const isHere = sender.kind === "private";
  const handedOver = isHere || saidTo(connection.me, connection.bot.registry.commands, message) !== null;
  if (handedOver && !isHere && speaker.person !== null && !(await opensPrivate(connection, sender))) {
    await say(connection, sender, [closedPart(connection, OF_FILE)]);
    return;
  }
  const meanwhile = meanwhileIn(connection, sender);
  const watching = { ...speaker, meanwhile: meanwhile.show };
  const result = await receiveMessage(connection, sender, watching, message);
  if (result === null) return;
  const { media_group_id: album, document } = message;
  const { said, instead, stood } = albumAnswersOf<StandingAnswer>(connection.bot, "telegram")(
    album === undefined ? null : `${sender.user}/${album}`,
    document?.file_name ?? "照片",
    result,
  );
  const answer = isRefusal(said) ? said : ({ kind: "card", card: said } as const);
  if (isToldAgain(connection.bot, speaker, { command: null, answer })) return;
  const card = cardOf({ command: null, answer, deliveries: [] });
  const words = (there: Sender) => sayWords(connection, there, speaker, card, meanwhile.standing ?? instead);
  if (isHere || speaker.person === null) stood(await words(sender));
  else if (handedOver) stood(await sayInPrivate(connection, sender, OF_FILE, words));
  else stood(await words(privateOf(sender)));
}

const OF_FILE = "文件的办理结果";

async function handlePress(connection: ChatConnection, row: Inbound, query: CallbackQuery): Promise<void> {
  const { bot } = connection;
  const sender = senderOf(query, query.message?.chat, topicOf(query));
  const data = query.data ?? "";
  if (sender === null) return toast(connection, query, "请用本人账号操作。");
  const speaker = await speakerOf(bot, sender, row);
  const said = saidBy(query);
  if (said !== null) {
    await toast(connection, query);
    return answerPhrase(connection, sender, speaker, said);
  }
  const dialog = fills(speaker, sender) ? await dialogOf(bot, speaker) : null;
  if (data.startsWith("f:")) {
    const move = dialog && moveOf(data, dialog);
    if (dialog === null || move === null || !fills(speaker, sender)) {
      const before = fills(speaker, sender) ? await formerly(bot, speaker, data) : null;
      if (before !== null) return answerPress(connection, sender, speaker, query, before);
      return toast(connection, query, "这一步已经过去了，请看最新的消息。");
    }
    const step = await moveOn(bot, speaker, dialog, move);
    await toast(connection, query);
    return sayStep(connection, sender, speaker, step);
  }
  // Tokens are personal: they are drawn in private chats only, and are nothing anywhere else.
  const token = sender.kind === "private" ? data.match(/^p:([\w-]{22})$/)?.[1] : undefined;
  if (token !== undefined && fills(speaker, sender)) {
    const before = await earlier(bot, speaker, { token });
    if (before !== null) return answerPress(connection, sender, speaker, query, before);
    const questions = await openDialog(bot, speaker, token);
    if (questions !== null) {
      await toast(connection, query);
      await say(connection, sender, questions);
      return;
    }
  }
  const meanwhile = meanwhileIn(connection, sender);
  const reply = await press(bot, { ...speaker, meanwhile: meanwhile.show }, token ?? "");
  return answerPress(connection, sender, speaker, query, reply, meanwhile.standing);
}

async function answerPress(
  connection: ChatConnection,
  sender: Sender,
  speaker: Speaker,
  query: CallbackQuery,
  reply: Reply,
  instead: StandingAnswer | null = null,
) {
  await toast(connection, query, isRefusal(reply.answer) ? reply.answer.message : "");
  await answerReply(connection, sender, speaker, reply, instead);
}

const ONLY_TEXT = "请发文字、照片、文件或位置，例如地名、问题编号或“帮助”。视频和语音不能办理。";

const refusalParts = (answer: Refusal, sender: Sender) =>
  drawParts(cardOf({ command: null, answer, deliveries: [] }), sender.kind);

/** A number that stands in the talk of a group offers its card, without a sound. */
async function offerMentioned(
  connection: ChatConnection,
  sender: Sender,
  { chat }: Speaker,
  { text }: Message,
): Promise<void> {
  const card = text && chat ? await offerFor(connection.bot, chat, text) : null;
  if (card !== null) await say(connection, sender, drawParts(card, "group"), { silent: true });
}

/** Whoever speaks as a group or a channel is nobody in particular; the bot says so when it is spoken to. */
async function refuseFaceless(connection: ChatConnection, row: Inbound, message: Message): Promise<void> {
  const { sender_chat: face, chat: where } = message;
  if (face === undefined || where.type === "private") return;
  const said = saidTo(connection.me, connection.bot.registry.commands, message);
  if (said === null) return;
  const sender: Sender = { chat: String(where.id), kind: "group", user: 0 };
  // They can do nothing, but a code that everybody has read must not stay good.
  const identity = { platform: "telegram" as const, workspace: "", userKey: String(face.id) };
  const chat = { platform: "telegram" as const, workspace: "", chatKey: sender.chat, kind: sender.kind };
  const { command, answer } = await ask(
    connection.bot,
    { identity, person: null, inbound: row.id, chat },
    said,
  );
  const faceless = refuse("not-linked", "匿名管理员和频道身份不能办理，请用本人账号发送。");
  const told = command === "link" && isRefusal(answer) ? answer : faceless;
  if (isToldAgain(connection.bot, { identity, person: null, chat }, { command, answer: told })) return;
  await say(connection, sender, refusalParts(told, sender));
}
