import type { Update } from "grammy/types";
import type { Reply } from "../../bot/lantian.ts";
import { ask } from "../../bot/router.ts";
import { notSaved, type Unkept } from "../../bot/unsaved.ts";
import type { WriteFault } from "../../store/write-fault.ts";
import { type Passing, passingOf } from "../kit/arrivals.ts";
import { isToldAgain } from "../kit/told-strangers.ts";
import { dialogOf } from "./dialog.ts";
import { cardOf } from "./draw.ts";
import { seatOfUpdate } from "./handle.ts";
import { bringsFile, saidBy, saidTo } from "./hearing.ts";
import { type ChatConnection, sayInPrivate, sayWords, toast } from "./say.ts";
import { speakerFor } from "./speaker.ts";

/** Telegram keeps what isn't confirmed for a day. */
const AGAIN = "一天内恢复的会自动办理并答复，不用重发";

/** Answers an update that can't be kept where it asks something; of whatever else says something to the bot, that it waits. */
export async function answerUnkeptUpdate(
  connection: ChatConnection,
  update: Update,
  fault: WriteFault,
): Promise<Passing> {
  const { bot, me } = connection;
  const { message, callback_query: query } = update;
  const sender = seatOfUpdate(update);
  if (sender === null || (message === undefined && query === undefined)) return "comes again";
  const file = message !== undefined && bringsFile(message);
  const asked = message ? saidTo(me, bot.registry.commands, message) : query && saidBy(query);
  // What a group's people say to each other waits without a word.
  if (message !== undefined && asked === null && !(file && sender.kind === "private")) return "comes again";
  if (query !== undefined) await toast(connection, query);
  const unkept: Unkept = { fault, again: AGAIN };
  const speaker = { ...(await speakerFor(bot, sender)), unkept };
  const { person } = speaker;
  const fillsForm =
    person !== null && sender.kind === "private" && (await dialogOf(bot, { person })) !== null;
  const isQuestion =
    typeof asked === "string" && !file && !fillsForm && message?.forward_origin === undefined;
  const reply: Reply = isQuestion
    ? await ask(bot, speaker, asked)
    : { command: null, answer: notSaved(unkept), deliveries: [] };
  if (isToldAgain(bot, speaker, reply)) return "answered";
  const tell = (there: typeof sender) => sayWords(connection, there, speaker, cardOf(reply));
  await (reply.privately === undefined
    ? tell(sender)
    : sayInPrivate(connection, sender, reply.privately, tell));
  return passingOf(reply);
}
