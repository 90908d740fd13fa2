import type { Lantian } from "../bot/lantian.ts";
import type { Door } from "./door.ts";
import { deliverNear } from "./near.ts";
import { READ_BACK_AFTER_MS, writeDownTheRest } from "./settle.ts";
import { deliverSideBySide } from "./side-by-side.ts";

/**
 * Sends what is due, oldest first, until nothing is left or every remaining row waits for its next attempt.
 * Retry times are the machine's, not the office's: a demonstration clock that stands still must not stop deliveries.
 * @returns how many were sent.
 */
export async function deliverDue(
  bot: Lantian,
  doors: readonly Door[],
  machineNow: () => number = Date.now,
): Promise<number> {
  // Side by side: a platform that is slow or silent holds up no other.
  const sent = await Promise.all(
    doors.map(async (door) => {
      await writeDownTheRest(bot.store);
      return (door.remote ? deliverSideBySide : deliverNear)(bot, door, machineNow);
    }),
  );
  return sent.reduce((sum, n) => sum + n, 0);
}

/**
 * After a crash: rows that were being sent are in doubt, since the platform may have them; what was held back is looked at
 * anew, since somebody may have mended what held it. Called once, before the first delivery.
 */
export async function doubtWhatWasUnderWay(
  bot: Lantian,
  machineNow: () => number = Date.now,
): Promise<number> {
  return bot.store.write(async (writer) => {
    await writer.outbox.goOn();
    const rows = await writer.outbox.inDoubt();
    for (const row of rows)
      await writer.outbox.doubt(row, machineNow() + READ_BACK_AFTER_MS, "发送时机器人停止了运行");
    return rows.length;
  });
}
