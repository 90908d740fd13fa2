import { randomUUID } from "node:crypto";
import type { Lantian, Speaker } from "../../bot/lantian.ts";
import { open } from "../../bot/router.ts";
import type { DrawnFile } from "../../chat/card.ts";
import type { Made } from "../../chat/paper.ts";
import { isRefusal } from "../../chat/refusal.ts";

/** Opens a file of a card for its reader. @returns the file, or why it can't be opened, in words. Never throws. */
export async function openFile(bot: Lantian, speaker: Speaker, { token }: DrawnFile): Promise<Made | string> {
  try {
    const made = await open(bot, speaker, token);
    return isRefusal(made) ? made.message : made;
  } catch (error) {
    const id = randomUUID().slice(0, 8);
    bot.report(error, id);
    return `暂时打不开，请稍后再试；如再出现，请把编号${id}告诉市办。`;
  }
}
