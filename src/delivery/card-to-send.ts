import type { Card } from "../chat/card.ts";
import type { OutboxRow } from "../store/outbox.ts";

/** The card that was read last: a notice to many goes out row after row with one text. */
let last: { text: string; card: Card } | null = null;

/** A delivery's card. Others are sent the very same one: nobody changes it, and what is drawn of its blocks is theirs as well. */
export function cardToSend({ card: text }: Pick<OutboxRow, "card">): Readonly<Card> {
  if (last?.text !== text) last = { text, card: JSON.parse(text) as Card };
  return last.card;
}
