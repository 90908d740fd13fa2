import type { Lantian, Reply, Speaker } from "../../bot/lantian.ts";
import { isPublic } from "../../chat/group.ts";
import { isRefusal } from "../../chat/refusal.ts";

/** Words that are remembered; whoever was told longest ago would be told once more. */
const MOST = 10_000;
const told = new WeakMap<Lantian, Set<string>>();

/**
 * Whether a stranger has been told this in this group before, as from now on they have. Once is enough: what a group reads,
 * and what its platform lets the bot send there, isn't theirs to use up.
 */
export function isToldAgain(
  bot: Lantian,
  { person, identity, chat }: Pick<Speaker, "person" | "identity" | "chat">,
  { command, answer }: Pick<Reply, "command" | "answer">,
): boolean {
  if (person !== null || chat === undefined || !isPublic(chat)) return false;
  const what = isRefusal(answer) ? answer.code : command;
  const word = [chat.platform, chat.workspace, chat.chatKey, identity.userKey, what].join("/");
  const words = told.get(bot) ?? new Set();
  told.set(bot, words);
  if (words.has(word)) return true;
  words.add(word);
  if (words.size > MOST) for (const oldest of [...words].slice(0, MOST / 2)) words.delete(oldest);
  return false;
}
