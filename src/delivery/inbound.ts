import type { Lantian } from "../bot/lantian.ts";
import { sealCodes } from "../office/sealed-codes.ts";
import { type Inbound, type PlatformName, requestName } from "../store/inbox.ts";
import { writeFaultIn } from "../store/write-fault.ts";
import { tellOffice } from "./trouble.ts";

/** Attempts after which a message that can't be handled is set aside, so that it blocks nobody. */
const MAX_ATTEMPTS = 5;

/**
 * Commits what came in, before the platform is told that we have it. A code in it is kept as its hash only.
 * @returns the row, or null for an id that is known already: a redelivery.
 */
export async function receive(
  bot: Lantian,
  message: { platform: PlatformName; externalId: string; payload: unknown },
): Promise<Inbound | null> {
  const { platform, externalId, payload } = message;
  const receivedAt = (await bot.clock.now()).epochMilliseconds;
  const row = await bot.store.write(async ({ inbox, signIns }) => {
    const kept = JSON.stringify(await sealCodes(payload, signIns.isCode));
    return inbox.receive({ platform, externalId, payload: kept, receivedAt });
  });
  if (row !== null) bot.trace?.({ request: requestName(row.id), platform }, "received");
  return row;
}

/**
 * Works off one message. `handle` answers the person and passes the row's id on as `Speaker.inbound`. After five failures
 * it is set aside, so that it blocks nobody, and the office is told; what had its effect lacks its answer only, and is left
 * to the next start. `onLost` hears of both.
 * @returns `again` when it failed and may be tried once more; while nothing can be written `later`, which is no attempt, or
 * `answered` where it is only to be finished, and not handled again.
 */
export async function workOne(
  bot: Lantian,
  row: Inbound,
  handle: (row: Inbound) => Promise<void>,
  onLost: (inbound: number) => Promise<void> = async () => undefined,
): Promise<"handled" | "answered" | "later" | "again" | "set aside" | "left"> {
  let isAnswered = false;
  try {
    await handle(row);
    isAnswered = true;
    await bot.store.write((w) => w.inbox.finish(row.id, "done", null));
    return "handled";
  } catch (error) {
    bot.report(error, requestName(row.id));
    if (writeFaultIn(error) !== null) return isAnswered ? "answered" : "later";
    const last = row.attempts + 1 >= MAX_ATTEMPTS;
    if (!last) {
      await bot.store.write((w) => w.inbox.failedOnce(row.id));
      return "again";
    }
    // What nobody can read names no sender either: it is set aside all the same.
    await onLost(row.id).catch((fault: unknown) => bot.report(fault, `lost-${row.id}`));
    if (await bot.store.read((r) => r.inbox.settled(row.id))) return "left";
    const now = await bot.clock.now();
    await bot.store.write(async (writer) => {
      await writer.inbox.finish(row.id, "failed", null);
      await tellOffice(bot, writer, { kind: "set aside", row }, now);
    });
    return "set aside";
  }
}
