import { undrawn } from "../../bot/draw.ts";
import { contextOf, type Lantian } from "../../bot/lantian.ts";
import type { DrawnCard } from "../../chat/card.ts";
import type { ChatHere } from "../../chat/command.ts";
import { issuesNamed, mayMention } from "../../chat/mentions.ts";
import { offered } from "../../issues/mentioned.ts";

/**
 * What talk in a bound group is answered with, although nobody asked: a line that offers the issues named in it, or
 * nothing. A courtesy: one that doesn't get through isn't made up for.
 */
export async function offerFor(bot: Lantian, chat: ChatHere, text: string): Promise<DrawnCard | null> {
  const group = mayMention(text) ? await bot.store.read((r) => r.chats.over(chat)) : null;
  if (group === null) return null;
  const context = await contextOf(bot, { chat });
  const named = issuesNamed(text, context.commands, context);
  if (named.length === 0) return null;
  const card = await bot.store.write((store) => offered(named, group, { ...context, store }));
  // Shows no figures, so it needs no mark of demonstration data.
  return card && undrawn(card, { demo: false, at: context.now.epochMilliseconds });
}
