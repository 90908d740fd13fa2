import { drawCardIn } from "../../bot/draw.ts";
import type { Lantian } from "../../bot/lantian.ts";
import { cardToSend } from "../../delivery/card-to-send.ts";
import type { Door, Outcome, Recipient } from "../../delivery/door.ts";
import type { OutboxRow } from "../../store/outbox.ts";
import type { Writer } from "../../store/store.ts";

/**
 * The console's door: a delivery is accepted when it stands in the person's conversation. Message and receipt are one
 * transaction, so that here "exactly once" is literally true.
 */
export function webDoor(bot: Lantian): Door {
  const put = async (writer: Writer, row: OutboxRow, to: Recipient, at: number): Promise<Outcome> => {
    if (to.kind === "chat") return { kind: "failed", why: "the console has no groups" };
    if (!(await writer.outbox.sendAtOnce(row, at))) return { kind: "taken" };
    const { id: personId } = to.person;
    const card = await drawCardIn(writer, cardToSend(row), personId, { demo: bot.demo, at });
    if (row.kind === "edit" && row.messageId !== null) await writer.messages.redraw(row.messageId, card);
    else
      await writer.messages.add({
        platform: "web",
        conversation: { personId },
        direction: "out",
        card,
        outboxId: row.id,
        at: row.createdAt,
      });
    return { kind: "settled" };
  };
  const deliverAll: NonNullable<Door["deliverAll"]> = async (all) => {
    const at = (await bot.clock.now()).epochMilliseconds;
    return bot.store.write(async (writer) => {
      const outcomes: Outcome[] = [];
      for (const { row, to } of all) outcomes.push(await put(writer, row, to, at));
      return outcomes;
    });
  };
  return {
    platform: "web",
    remote: false,
    deliverAll,
    async deliver(row, to) {
      const [outcome] = await deliverAll([{ row, to }]);
      return outcome as Outcome;
    },
  };
}
