import type { CallbackQuery, Message, Update } from "grammy/types";
import { earlier } from "../../bot/earlier.ts";
import type { Lantian, Reply, Speaker } from "../../bot/lantian.ts";
import { ask, press } from "../../bot/router.ts";
import { isRefusal, type Refusal, refuse } from "../../chat/refusal.ts";
import type { Inbound } from "../../store/inbox.ts";
import {
  dialogOf,
  type Filler,
  type FormStep,
  formerly,
  moveOf,
  moveOn,
  openDialog,
  questionAgain,
} from "./dialog.ts";
import { cardOf, drawParts, noticePart } from "./draw.ts";
import { isContent, saidTo } from "./hearing.ts";
import { membershipChanged } from "./membership.ts";
import { renameChat } from "./post.ts";
import { bringsFile, receive } from "./receive.ts";
import { type Desk, opensPrivate, say, sayCard, saySecret, sayWords, toast } from "./say.ts";
import { type Seat, seatOf, speakerOf } from "./speaker.ts";

const CANCEL = /^(取消|\/cancel(@\w+)?)$/;
/** Answers one update from the inbox. @throws Error when Telegram can't be reached: the update is handled again. */
export async function handleUpdate(desk: Desk, row: Inbound): Promise<void> {
  const update = JSON.parse(row.payload) as Update;
  if (update.my_chat_member) return membershipChanged(desk, update.my_chat_member);
  if (update.callback_query) return handlePress(desk, row, update.callback_query);
  if (update.message) return handleMessage(desk, row, update.message);
}

/**
 * The lane of an update: those of one chat are handled in order, and a form's questions are. Any other button acts at once,
 * behind nobody's answer; only its own answer waits for its turn in the chat.
 */
export function laneOf(row: Inbound): string {
  const { message, callback_query, my_chat_member } = JSON.parse(row.payload) as Update;
  if (callback_query?.data?.startsWith("p:")) return `row/${row.id}`;
  const chat = message?.chat ?? callback_query?.message?.chat ?? my_chat_member?.chat;
  // A form that nobody has promised must not hold up the rest.
  return String(chat?.id ?? callback_query?.from?.id ?? "");
}

/** What had its effect but got no answer: who asked is told what came of it, and a form goes on with its question. */
export async function makeUpFor(desk: Desk, row: Inbound): Promise<void> {
  const seat = seatOfUpdate(JSON.parse(row.payload) as Update);
  if (seat) {
    const speaker = await speakerOf(desk.bot, seat, row);
    const before = await earlier(desk.bot, speaker);
    if (before !== null) await answer(desk, seat, speaker, before);
    else {
      const dialog = fills(speaker, seat) ? await dialogOf(desk.bot, speaker) : null;
      const said = refuse("already-done", "刚才那一步已经办理，只是答复没有送达，请重新查询看结果。", [
        "今日",
      ]);
      await say(desk, seat, dialog ? [questionAgain(dialog)] : refusalParts(said, seat));
    }
  }
  await desk.bot.store.write((w) => w.inbox.finish(row.id, "done", null));
}

/** Somebody sends faster than anybody can: said once, whatever it was that they sent. */
export async function tellToSlowDown(desk: Desk, row: Inbound): Promise<void> {
  const update = JSON.parse(row.payload) as Update;
  if (update.callback_query) return toast(desk, update.callback_query, TOO_FAST);
  const seat = seatOfUpdate(update);
  if (seat) await say(desk, seat, [noticePart(TOO_FAST)]);
}

function seatOfUpdate({ message, callback_query: press }: Update): Seat | null {
  if (!press) return message ? seatOf(message, message.chat, message) : null;
  return seatOf(press, press.message?.chat, topicOf(press));
}

/** A message too old for Telegram to show has no date and no topic. */
const topicOf = ({ message }: CallbackQuery) => (message && message.date > 0 ? (message as Message) : {});

async function handleMessage(desk: Desk, row: Inbound, message: Message): Promise<void> {
  const { bot } = desk;
  if (message.migrate_to_chat_id !== undefined)
    return renameChat(bot, String(message.chat.id), String(message.migrate_to_chat_id));
  if (message.migrate_from_chat_id !== undefined)
    return renameChat(bot, String(message.migrate_from_chat_id), String(message.chat.id));
  const seat = seatOf(message, message.chat, message);
  if (seat === null) return refuseFaceless(desk, row, message);
  const speaker = await speakerOf(bot, seat, row);
  if (bringsFile(message)) return handleFile(desk, seat, speaker, message);
  const said = saidTo(desk.me, bot.registry.commands, message);
  if (said === null) {
    if (seat.kind === "private" && isContent(message)) await say(desk, seat, [noticePart(ONLY_TEXT)]);
    return;
  }
  if (message.forward_origin !== undefined && seat.kind === "private") {
    const answer = refuse("usage", "转发来的消息不作为您本人的话办理，请自己发送。");
    await say(desk, seat, refusalParts(answer, seat));
    return;
  }
  if (fills(speaker, seat)) {
    const dialog = await dialogOf(bot, speaker);
    const leaves = said.startsWith("/") && !/^\/(cancel|skip)\b/.test(said);
    if (dialog !== null && !leaves) {
      const text = CANCEL.test(said) ? null : said.replace(/^\/skip\b.*/, "跳过");
      const move = text === null ? ({ kind: "x" } as const) : ({ kind: "text", text } as const);
      return sayStep(desk, seat, speaker, await moveOn(bot, speaker, dialog, move));
    }
    if (dialog !== null) {
      await say(desk, seat, [noticePart(`“${dialog.title}”没有填完，已取消。`)]);
      await bot.store.write((w) => w.chats.endDialog(speaker.person.id));
    }
  }
  if (speaker.person !== null && CANCEL.test(said)) {
    await say(desk, seat, [noticePart("现在没有在填的表单。")]);
    return;
  }
  await answerPhrase(desk, seat, speaker, said);
}

async function answerPhrase(desk: Desk, seat: Seat, speaker: Speaker, said: string): Promise<void> {
  const { bot } = desk;
  const reply = await ask(bot, { ...speaker, privateChat: () => opensPrivate(desk, seat) }, said);
  if (seat.kind === "private" && (await askAtOnce(desk, seat, speaker, reply))) return;
  await answer(desk, seat, speaker, reply);
}

async function answer(desk: Desk, seat: Seat, speaker: Speaker, reply: Reply): Promise<void> {
  if (reply.command === "link" && !isRefusal(reply.answer)) await takePushes(desk.bot, speaker);
  const card = cardOf(reply);
  if (reply.secret === undefined) return sayCard(desk, seat, speaker, card);
  return saySecret(desk, seat, speaker, { card, what: reply.secret });
}

/** A command that wants its form filled opens it at once, with what was said already. @returns whether it did. */
async function askAtOnce(desk: Desk, seat: Seat, speaker: Speaker, reply: Reply): Promise<boolean> {
  if (isRefusal(reply.answer) || !fills(speaker, seat)) return false;
  const { card } = reply.answer;
  const [button, ...more] = card.buttons;
  const { form } = desk.bot.registry.commands.find((c) => c.name === reply.command) ?? {};
  if (form === undefined || form !== card.title || button?.kind !== "press" || more.length > 0) return false;
  const questions = await openDialog(desk.bot, speaker, button.token, button.fields);
  if (questions === null) return false;
  await say(desk, seat, questions);
  return true;
}

/** A form goes on with a question, or ends with what came of it. */
async function sayStep(desk: Desk, seat: Seat, speaker: Speaker, step: FormStep): Promise<void> {
  if ("card" in step) await sayCard(desk, seat, speaker, step.card);
  else await say(desk, seat, step.parts);
}

async function handleFile(desk: Desk, seat: Seat, speaker: Speaker, message: Message): Promise<void> {
  const result = await receive(desk, seat, speaker, message);
  if (result === null) return;
  const answer = isRefusal(result) ? result : ({ kind: "card", card: result } as const);
  await sayWords(desk, seat, speaker, cardOf({ command: null, answer, deliveries: [] }));
}

async function handlePress(desk: Desk, row: Inbound, query: CallbackQuery): Promise<void> {
  const { bot } = desk;
  const seat = seatOf(query, query.message?.chat, topicOf(query));
  const data = query.data ?? "";
  if (seat === null) return toast(desk, query, "请用本人账号操作。");
  const speaker = await speakerOf(bot, seat, row);
  if (data.startsWith("s:")) {
    await toast(desk, query);
    return answerPhrase(desk, seat, speaker, data.slice(2));
  }
  const dialog = fills(speaker, seat) ? await dialogOf(bot, speaker) : null;
  if (data.startsWith("f:")) {
    const move = dialog && moveOf(data, dialog);
    if (dialog === null || move === null || !fills(speaker, seat)) {
      const before = fills(speaker, seat) ? await formerly(bot, speaker, data) : null;
      if (before !== null) return answerPress(desk, seat, speaker, query, before);
      return toast(desk, query, "这一步已经过去了，请看最新的消息。");
    }
    const step = await moveOn(bot, speaker, dialog, move);
    await toast(desk, query);
    return sayStep(desk, seat, speaker, step);
  }
  // Tokens are personal: they are drawn in private chats only, and are nothing anywhere else.
  const token = seat.kind === "private" ? data.match(/^p:([\w-]{22})$/)?.[1] : undefined;
  if (token !== undefined && fills(speaker, seat)) {
    const before = await earlier(bot, speaker, { token });
    if (before !== null) return answerPress(desk, seat, speaker, query, before);
    const questions = await openDialog(bot, speaker, token);
    if (questions !== null) {
      await toast(desk, query);
      await say(desk, seat, questions);
      return;
    }
  }
  return answerPress(desk, seat, speaker, query, await press(bot, speaker, token ?? ""));
}

async function answerPress(desk: Desk, seat: Seat, speaker: Speaker, query: CallbackQuery, reply: Reply) {
  await toast(desk, query, isRefusal(reply.answer) ? reply.answer.message : "");
  await answer(desk, seat, speaker, reply);
}

const TOO_FAST = "您发得太快了，请稍候再发。";
const ONLY_TEXT = "请发文字、照片、文件或位置，例如地名、问题编号或“帮助”。视频和语音不能办理。";

const refusalParts = (answer: Refusal, seat: Seat) =>
  drawParts(cardOf({ command: null, answer, deliveries: [] }), seat.kind);

/** Forms are filled in private: what a group reads is nobody's own. */
function fills(speaker: Speaker, seat: Seat): speaker is Filler {
  return speaker.person !== null && speaker.inbound !== undefined && seat.kind === "private";
}

/** Whoever speaks as a group or a channel is nobody in particular; the bot says so when it is spoken to. */
async function refuseFaceless(desk: Desk, row: Inbound, message: Message): Promise<void> {
  const { sender_chat: face, chat: where } = message;
  if (face === undefined || where.type === "private") return;
  const said = saidTo(desk.me, desk.bot.registry.commands, message);
  if (said === null) return;
  const seat: Seat = { chat: String(where.id), kind: "group", user: 0 };
  // They can do nothing, but a code that everybody has read must not stay good.
  const identity = { platform: "telegram" as const, workspace: "", userKey: String(face.id) };
  const chat = { platform: "telegram" as const, workspace: "", chatKey: seat.chat, kind: seat.kind };
  const { command, answer } = await ask(desk.bot, { identity, person: null, inbound: row.id, chat }, said);
  const faceless = refuse("not-linked", "匿名管理员和频道身份不能办理，请用本人账号发送。");
  await say(desk, seat, refusalParts(command === "link" && isRefusal(answer) ? answer : faceless, seat));
}

/** The platform on which somebody links first is where their notices go. */
async function takePushes(bot: Lantian, { identity }: Speaker): Promise<void> {
  const person = await bot.store.read((r) => r.people.byIdentity(identity));
  if (person !== null) await bot.store.write((w) => w.people.pushToFirst(person.id, "telegram"));
}
