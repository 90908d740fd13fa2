import type { Lantian } from "../../src/bot/lantian.ts";
import type { Card } from "../../src/chat/card.ts";

/** What was written for people after a delivery, in order and piece by piece: a message that holds several is each of them. */
export async function piecesAfter(
  bot: Pick<Lantian, "store">,
  id: number,
): Promise<{ to: string; job: string | null; title: string; card: Card }[]> {
  return bot.store.read(async ({ outbox }) => {
    const pieces: { id: number; to: string; job: string | null; title: string; card: Card }[] = [];
    for (const { row, audience } of await outbox.after(id)) {
      const parts = await outbox.partsOf(row.id);
      for (const { id, job, title, card } of parts.length > 0 ? parts : [row])
        pieces.push({ id, to: audience, job, title, card: JSON.parse(card) as Card });
    }
    return pieces.sort((a, b) => a.id - b.id);
  });
}
