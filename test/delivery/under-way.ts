import type { Recipient } from "../../src/delivery/door.ts";
import type { DeliveryClass } from "../../src/store/outbox.ts";
import type { AnOffice } from "../support/office.ts";

export type UnderWay = {
  /** How often it has been tried before. */
  tried?: number;
  /** An edit of a message instead of a post. */
  edit?: boolean;
  /** To a group instead of to somebody. */
  group?: boolean;
  class?: DeliveryClass;
};

/** A delivery with a file that is being sent, to 海安联络员 or to a group of its own. */
export async function underWay(
  { bot }: AnOffice,
  { tried = 0, edit = false, group = false, class: kind = "must-arrive" }: UnderWay,
) {
  return bot.store.write(async (w) => {
    const no = (await w.outbox.newestId()) + 1;
    const key = edit ? `edit/1/${no}` : `test/${no}`;
    const card = { title: key, blocks: [] };
    const person = await w.people.byName("海安联络员");
    const chat = await w.chats.bind({ platform: "slack", workspace: "T1", chatKey: `C${no}`, boundAt: 0 });
    if (person === null) throw new Error("nobody is called so");
    const goes = group ? { chatId: chat.id } : { personId: person.id };
    if (edit) await w.outbox.queueEdit({ messageId: 1, ...goes, card, version: no }, 0);
    else await w.outbox.queue({ key, to: goes, class: kind, uncounted: "attachment", card }, 0);
    const claimed = async () => {
      const waiting = await w.outbox.find(key);
      const held = waiting && (await w.outbox.claim(waiting));
      if (!held) throw new Error("it isn't waiting");
      return held;
    };
    for (let n = 1; n <= tried; n++) await w.outbox.retry(await claimed(), 0, "before", n);
    const to: Recipient = group ? { kind: "chat", chat } : { kind: "person", person };
    return { key, row: await claimed(), to, platform: "slack" as const };
  });
}
