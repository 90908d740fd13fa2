import type { Lantian } from "../bot/lantian.ts";
import { presentOffice } from "../bot/present-office.ts";
import type { EpochMs } from "../domain/ids.ts";
import { digestOf, digestTime } from "../office/digest.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Recipient } from "./door.ts";

/**
 * Until when (ms UTC) a message waits for its reader's digest; null: not at all. News waits where they want digests or the week
 * has no more room; what must be read comes at once for as long as there is room. What counts against the limit is so held to
 * it, and what nobody may wait for doesn't count. What went through a fold has waited.
 */
export async function digestWait(
  bot: Lantian,
  row: Pick<OutboxRow, "kind" | "class" | "uncounted" | "foldAt" | "createdAt" | "accountId" | "via">,
  to: Recipient,
): Promise<EpochMs | null> {
  const isNews = row.class === "card";
  const mayWait = row.kind === "post" && row.foldAt === null && (isNews || row.uncounted === null);
  if (!mayWait || to.kind === "chat" || row.accountId !== null || row.via !== null) return null;
  const office = await presentOffice(bot);
  const now = await bot.clock.now();
  return bot.store.read(async (store) => {
    const digest = await digestOf(to.person, { store, office, now }, { counting: 1, wanted: isNews });
    if (digest === null) return null;
    return digestTime(to.person.id, row.createdAt, digest, { store, office });
  });
}
