import type { Reply, Speaker } from "../../bot/lantian.ts";
import { ask } from "../../bot/router.ts";
import { formAtOnce } from "../kit/form-at-once.ts";
import { type Author, noteHeard, type StandingAnswer } from "../kit/heard.ts";
import { takePushes } from "../kit/linked.ts";
import { isToldAgain } from "../kit/told-strangers.ts";
import { type Filler, openDialog } from "./dialog.ts";
import { cardOf } from "./draw.ts";
import { mayPost } from "./may-post.ts";
import { type ChatConnection, opensPrivate, say, sayCard, sayInPrivate } from "./say.ts";
import type { Sender } from "./speaker.ts";

/** Answers a phrase: of a message, noting how it was answered, or of a button. */
export async function answerPhrase(
  connection: ChatConnection,
  sender: Sender,
  speaker: Speaker | Author,
  said: string,
): Promise<void> {
  const { bot } = connection;
  const reply = await ask(bot, asking(connection, sender, speaker), said);
  const isForm = sender.kind === "private" && (await askAtOnce(connection, sender, speaker, reply));
  const standing = isForm ? null : await answerReply(connection, sender, speaker, reply);
  if (speaker.said !== undefined)
    await noteHeard(bot, { ...speaker, said: speaker.said }, said, { reply, standing });
}

/** Somebody who asks, with what Telegram can be asked about the place: only what is asked needs to know. */
export const asking = <S extends Speaker>(connection: ChatConnection, sender: Sender, speaker: S): S => ({
  ...speaker,
  privateChat: () => opensPrivate(connection, sender),
  mayPost: () => mayPost(connection, sender),
});

/** Says a reply where it belongs, in the place of an earlier one where there is one. @returns where it stands. */
export async function answerReply(
  connection: ChatConnection,
  sender: Sender,
  speaker: Speaker,
  reply: Reply,
  instead: StandingAnswer | null = null,
): Promise<StandingAnswer | null> {
  if (isToldAgain(connection.bot, speaker, reply)) return null;
  await takePushes(connection.bot, speaker, reply);
  const card = cardOf(reply);
  const here = (there: Sender) => sayCard(connection, there, speaker, card, instead);
  if (reply.privately === undefined) return here(sender);
  return sayInPrivate(connection, sender, reply.privately, here, instead);
}

/** Forms are filled in private: what a group reads is nobody's own. */
export function fills(speaker: Speaker, sender: Sender): speaker is Filler {
  return speaker.person !== null && speaker.inbound !== undefined && sender.kind === "private";
}

/** A command that wants its form filled opens it at once, with what was said already. @returns whether it did. */
async function askAtOnce(
  connection: ChatConnection,
  sender: Sender,
  speaker: Speaker,
  reply: Reply,
): Promise<boolean> {
  const asked = formAtOnce(reply, connection.bot.registry.commands);
  if (asked === null || !fills(speaker, sender)) return false;
  const questions = await openDialog(connection.bot, speaker, asked.token, asked.form.fields);
  if (questions === null) return false;
  await say(connection, sender, questions);
  return true;
}
