import type { Speaker } from "../../bot/lantian.ts";
import { offerFor } from "../kit/mentioned.ts";
import { drawMessages } from "./blocks.ts";
import { called } from "./calls.ts";
import { typed } from "./text.ts";
import type { Workspace } from "./workspace.ts";

/** A message that somebody has written to the others in a channel. */
export type Talk = { channel: string; ts: string; thread_ts?: string; text?: string };

/** A number that stands in the talk of a channel offers its card, in the thread: that makes a sound for nobody else. */
export async function offerMentioned(
  ws: Workspace,
  { chat }: Speaker,
  { channel, ts, thread_ts, text = "" }: Talk,
): Promise<void> {
  // What mentions the bot comes as a mention as well, and is answered as one.
  if (chat === undefined || text.includes(`<@${ws.botUser}>`)) return;
  const card = await offerFor(ws.bot, chat, typed(text, ws.botUser));
  const [message] = card === null ? [] : drawMessages(card, 1);
  if (message === undefined) return;
  await ws.pace.turn(channel);
  await called(
    ws.client.chat.postMessage({ channel, ...message, link_names: false, thread_ts: thread_ts ?? ts }),
  );
}
