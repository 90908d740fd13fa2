import type { Reply, Speaker } from "../../bot/lantian.ts";
import { ask, press } from "../../bot/router.ts";
import type { Unkept } from "../../bot/unsaved.ts";
import { isRefusal } from "../../chat/refusal.ts";
import type { WriteFault } from "../../store/write-fault.ts";
import { type Passing, passingOf } from "../kit/arrivals.ts";
import { isToldAgain } from "../kit/told-strangers.ts";
import { type Address, quietly } from "./address.ts";
import { type SlackPayload, userOf } from "./payload.ts";
import { answer, answerInPrivate } from "./reply.ts";
import { typed } from "./text.ts";
import { bare, isSayButton } from "./urgent.ts";
import type { Workspace } from "./workspace.ts";

/** Slack brings an event three times within six minutes; a command or a press never again. */
const AGAIN = "几分钟内恢复的会自动办理并答复；10分钟后仍没有答复请重新发送";

/** Answers a payload that can't be kept where it asks something; of whatever else says something to the bot, that it waits. */
export async function answerUnkeptPayload(
  ws: Workspace,
  payload: SlackPayload,
  fault: WriteFault,
): Promise<Passing> {
  const heard = heardIn(payload, ws.botUser);
  if (heard === null) return "comes again";
  const { address, by, again, quiet } = heard;
  const who = await ws.speaker(address.user, address.channel);
  const known = quiet ? quietly(who) : who;
  if (known === null) return "answered";
  const unkept: Unkept = { fault, ...(again ? { again: AGAIN } : {}) };
  const reply = await by(ws, { ...known, unkept });
  if (isToldAgain(ws.bot, known, reply)) return "answered";
  const { answer: told, privately } = reply;
  const card = isRefusal(told) ? told : told.card;
  if (privately === undefined) await answer(ws, address, known.person, card);
  else await answerInPrivate(ws, address, known.person, { card, what: privately }, null);
  return again ? passingOf(reply) : "answered";
}

type Heard = {
  address: Address;
  again: boolean;
  quiet?: boolean;
  by(ws: Workspace, speaker: Speaker): Promise<Reply>;
};

/** Who says or presses what where; null where nothing is said to the bot, or a file comes with it. */
function heardIn(payload: SlackPayload, botUser: string): Heard | null {
  const { command, text = "", actions, event, response_url: responseUrl } = payload;
  const words = (said: string) => (ws: Workspace, speaker: Speaker) => ask(ws.bot, speaker, said);
  if (command !== undefined) {
    const address = {
      user: userOf(payload),
      channel: payload.channel_id,
      responseUrl,
      ofCommand: true,
    };
    return { address, again: false, quiet: true, by: words(`/${bare(command)} ${text}`) };
  }
  const [pressed] = actions ?? [];
  if (pressed !== undefined) {
    const address = { user: userOf(payload), channel: payload.channel?.id, responseUrl };
    const value = String(pressed.value);
    return {
      address,
      again: false,
      quiet: payload.container?.is_ephemeral === true,
      by: isSayButton(pressed) ? words(value) : (ws, speaker) => press(ws.bot, speaker, value),
    };
  }
  const isSaid = event?.type === "app_mention" || (event?.type === "message" && event.channel_type === "im");
  if (event?.user === undefined || !isSaid || event.bot_id !== undefined || event.subtype !== undefined)
    return null;
  if ((event.files ?? []).length > 0) return null;
  const address = { user: event.user, channel: event.channel, thread: event.thread_ts };
  return { address, again: true, by: words(typed(event.text ?? "", botUser) || "帮助") };
}
