import type { Lantian } from "../bot/lantian.ts";
import { presentOffice } from "../bot/present-office.ts";
import type { EpochMs } from "../domain/ids.ts";
import { comesByItself, digestOf, digestTime } from "../office/digest.ts";
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
  const { person } = to;
  const now = await bot.clock.now();
  const decided = { counting: 1, wanted: isNews };
  // Mostly so, and the present office is read anew after each change of the store, of which every delivery is one.
  if (await bot.store.read((store) => comesByItself(person, { store, office: bot.office, now }, decided)))
    return null;
  const office = await presentOffice(bot);
  return bot.store.read(async (store) => {
    const digest = await digestOf(person, { store, office, now }, decided);
    if (digest === null) return null;
    return digestTime(person.id, row.createdAt, digest, { store, office });
  });
}
