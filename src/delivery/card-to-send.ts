import type { Card } from "../chat/card.ts";
import type { OutboxRow } from "../store/outbox.ts";

/** Cards that were read last, by their text: a notice goes out in so many texts, by whose county it is about. */
const read = new Map<string, Card>();
const KEPT = 32;

/** A delivery's card. Others are sent the very same one: nobody changes it, and what is drawn of its blocks is theirs as well. */
export function cardToSend({ card: text }: Pick<OutboxRow, "card">): Readonly<Card> {
  const card = read.get(text) ?? (JSON.parse(text) as Card);
  read.delete(text);
  read.set(text, card);
  const [oldest] = read.keys();
  if (read.size > KEPT && oldest !== undefined) read.delete(oldest);
  return card;
}
