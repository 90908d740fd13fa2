import type { Card } from "../chat/card.ts";
import type { Context, SlotDelivery } from "../chat/command.ts";
import type { EpochMs } from "../domain/ids.ts";
import { forWhom } from "../domain/posts.ts";
import type { Delivery } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

/** What the deliveries belong to: `key` begins the name of each, job and slot are what `play` and the ledger know them by. */
export type SlotSending = { key: string; job: string; slot: EpochMs };

/**
 * Queues notices in the caller's transaction, each to be sent at `at` (ms UTC) with what else its reader gets then. `marked` draws
 * what is not sent as it was planned.
 * @returns how many weren't queued before.
 */
export async function queueDeliveries(
  { key, job, slot }: SlotSending,
  deliveries: readonly SlotDelivery[],
  { store }: Pick<Context<Writer>, "store">,
  { at, marked = (card) => card }: { at: EpochMs; marked?: (card: Card) => Card },
): Promise<number> {
  let queued = 0;
  const had = new Map<number, Card[]>();
  /** What many are sent is written down once. */
  const texts = new Map<Card, string>();
  for (const { to, card, class: kind, uncounted } of deliveries) {
    const [recipient, who] =
      "person" in to
        ? [{ personId: to.person.id }, partOf(to.person, card, had)]
        : [{ chatId: to.chat.id }, `chat-${to.chat.id}`];
    if (who === null) continue;
    const title = "person" in to ? forWhom(to.person, card.title) : card.title;
    const shown = marked(title === card.title ? card : { ...card, title });
    const text = texts.get(shown) ?? JSON.stringify(shown);
    texts.set(shown, text);
    const delivery: Delivery = {
      ...{ key: `${key}/${who}`, to: recipient, class: kind, card: shown, text, job, slot },
      together: true,
      ...(uncounted ? { uncounted } : {}),
    };
    if (await store.outbox.queue(delivery, at)) queued += 1;
  }
  return queued;
}

/**
 * The name under which somebody's delivery is the same delivery: who holds several posts, or stands in for somebody, has one for
 * each, but what says the same is sent once. Null: they have it already.
 */
function partOf(person: Person, card: Card, had: Map<number, Card[]>): string | number | null {
  const before = had.get(person.id) ?? [];
  had.set(person.id, before);
  if (before.some((one) => saidIn(one) === saidIn(card))) return null;
  before.push(card);
  return before.length === 1 ? person.id : `${person.id}-${before.length}`;
}

const saidIn = ({ title, blocks }: Card): string => JSON.stringify({ title, blocks });
