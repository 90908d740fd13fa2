import { earlier, type HandedIn } from "../../bot/earlier.ts";
import type { Lantian, Reply, Speaker } from "../../bot/lantian.ts";
import { refuse } from "../../chat/refusal.ts";

/** What had its effect, and nothing is known of but that: it is neither done again nor left without a word. */
const DONE = refuse("already-done", "刚才那一步已经办理，只是答复没有送达，请重新查询看结果。", ["今日"]);

/** The answer to what had its effect before its answer was lost: what came of it, or at least that it is done. */
export async function lostAnswer(bot: Lantian, speaker: Speaker, form?: HandedIn): Promise<Reply> {
  return (await earlier(bot, speaker, form)) ?? { command: null, answer: DONE, deliveries: [] };
}
