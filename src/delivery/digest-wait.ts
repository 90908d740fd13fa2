import type { Lantian } from "../bot/lantian.ts";
import { presentOffice } from "../bot/present-office.ts";
import type { EpochMs } from "../domain/ids.ts";
import { digestOf, digestTime } from "../office/digest.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Recipient } from "./door.ts";

/**
 * Until when (ms UTC) a card waits for its reader's digest, because they want one or have had enough this week; null: not at
 * all. What went through a fold has waited.
 */
export async function digestWait(bot: Lantian, row: OutboxRow, to: Recipient): Promise<EpochMs | null> {
  const mayWait = row.kind === "post" && row.class === "card" && row.foldAt === null;
  if (!mayWait || to.kind === "chat" || row.accountId !== null || row.via !== null) return null;
  const office = await presentOffice(bot);
  const now = await bot.clock.now();
  return bot.store.read(async (store) => {
    const digest = await digestOf(to.person, { store, office, now }, 1);
    if (digest === null) return null;
    return digestTime(to.person.id, row.createdAt, digest, { store, office });
  });
}
