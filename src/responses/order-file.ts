import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { holdsRole } from "../domain/posts.ts";
import { isAlertOrder, saysStart } from "../domain/responses/order-words.ts";
import type { Caption } from "../issues/caption.ts";
import { evidenceFile } from "../issues/papers.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { proposalOfStart } from "./proposal.ts";

/**
 * The province's alert as a file: a Word document that reads as one, or any file with 启动响应 below it. What it says is looked
 * over before anything starts, and the file stays with the response. Null where it is about something else. In the caller's
 * transaction.
 */
export async function settleAlertOrder(
  evidence: Evidence,
  { no, words }: Caption,
  text: string,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal | null> {
  if (no !== null || !holdsRole(person, "office")) return null;
  if (!saysStart(words) && !isAlertOrder(text)) return null;
  const card = await proposalOfStart([words, text].filter(Boolean).join("\n"), context, evidence.id);
  if (isRefusal(card)) return card;
  const { id, name, type } = evidence;
  return {
    ...card,
    files: [evidenceFile.file({ evidence: id }, { name, picture: type.startsWith("image/") })],
    facts: { ...card.facts, evidence: id },
  };
}
