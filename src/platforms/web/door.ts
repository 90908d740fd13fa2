import { drawCardIn } from "../../bot/draw.ts";
import type { Lantian } from "../../bot/lantian.ts";
import type { Card } from "../../chat/card.ts";
import type { Door, Outcome } from "../../delivery/door.ts";

/**
 * The console's door: a delivery is accepted when it stands in the person's conversation. Message and receipt are one
 * transaction, so that here "exactly once" is literally true.
 */
export function webDoor(bot: Lantian): Door {
  return {
    platform: "web",
    remote: false,
    async deliver(row, to) {
      if (to.kind === "chat") return { kind: "failed", why: "the console has no groups" };
      const { person } = to;
      const now = (await bot.clock.now()).epochMilliseconds;
      return bot.store.write(async (writer): Promise<Outcome> => {
        if ((await writer.outbox.claim(row)) === null) return { kind: "taken" };
        const card = await drawCardIn(writer, JSON.parse(row.card) as Card, person.id, {
          demo: bot.demo,
          at: now,
        });
        if (row.kind === "edit" && row.messageId !== null) await writer.messages.redraw(row.messageId, card);
        else {
          const conversation = { personId: person.id };
          await writer.messages.add({
            platform: "web",
            conversation,
            direction: "out",
            card,
            outboxId: row.id,
            at: row.createdAt,
          });
        }
        await writer.outbox.sent(row.id, now);
        return { kind: "settled" };
      });
    },
  };
}
