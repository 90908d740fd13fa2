import { isRefusal } from "../chat/refusal.ts";
import type { Lantian, Moment, Reply, Speaker } from "./lantian.ts";
import { ifSaved } from "./unsaved.ts";

/**
 * The reply; what asks for it is kept for this person and chat, so that 图片, 导出 or Word alone means it. Only an answer
 * with a table or figures counts, and its phrase is kept, not its content: that is asked anew, by the rights of then.
 */
export async function rememberQuestion(
  bot: Lantian,
  { person }: Speaker,
  { place }: Moment,
  reply: Reply,
  phrase?: string,
): Promise<Reply> {
  if (isRefusal(reply.answer) || person === null || place === undefined) return reply;
  const hasFigures = reply.answer.card.blocks.some(({ kind }) => kind === "table" || kind === "facts");
  const asked = reply.again ?? (hasFigures ? phrase : undefined);
  if (asked === undefined) return reply;
  const where = { personId: person.id, place };
  if ((await bot.store.read((r) => r.lastQuestions.of(where))) === asked) return reply;
  await ifSaved(bot.store, () => bot.store.write((w) => w.lastQuestions.set({ ...where, phrase: asked })));
  return reply;
}
