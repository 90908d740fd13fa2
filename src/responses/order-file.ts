import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { holdsRole } from "../domain/posts.ts";
import { type AlertOrder, alertOrderOf, orderBelow } from "../domain/responses/order-words.ts";
import type { Caption } from "../issues/caption.ts";
import { evidenceFile } from "../issues/papers.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { proposalOfLift, proposalOfOrder } from "./proposal.ts";

/** Whether a file by its name may be the province's order as text: the office alone has one, and tables come as text, too. */
export const mayBeOrder = (name: string, person: Person): boolean =>
  /\.txt$/i.test(name.trim()) && holdsRole(person, "office");

/** What a file orders, by the words below it or its own text. */
export const orderIn = ({ words }: Pick<Caption, "words">, text: string): AlertOrder | null =>
  orderBelow(words) ?? alertOrderOf(text);

/**
 * The province's order as a file: a Word document or text that reads as one, or any file with 启动响应, 升级, 降级 or 解除响应
 * below it. What it says is looked over before anything is done, and the file stays with it. Null where it is about something
 * else. In the caller's transaction.
 */
export async function settleAlertOrder(
  evidence: Evidence,
  { no, words }: Caption,
  text: string,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal | null> {
  if (no !== null || !holdsRole(person, "office")) return null;
  const order = orderIn({ words }, text);
  if (order === null) return null;
  const said = [words, text].filter(Boolean).join("\n");
  const card =
    order === "lift"
      ? await proposalOfLift(said, context, evidence.id)
      : await proposalOfOrder(said, context, evidence.id);
  if (isRefusal(card)) return card;
  const { id, name, type } = evidence;
  return {
    ...card,
    files: [evidenceFile.file({ evidence: id }, { name, picture: type.startsWith("image/") })],
    facts: { ...card.facts, evidence: id },
  };
}
