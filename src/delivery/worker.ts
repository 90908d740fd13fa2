import type { Lantian } from "../chat/router.ts";
import type { Platform } from "../store/inbox.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";

/** How one platform takes deliveries. `sent` must be true only when the platform has accepted. */
export type Door = {
  platform: Platform;
  /** Sends or redraws one delivery and settles its row. Throws when the platform couldn't be reached. */
  deliver(row: OutboxRow, person: Person): Promise<void>;
};

/** Attempts before a delivery is given up and listed for the office. */
const MAX_ATTEMPTS = 5;
const BATCH = 100;
/** Waits between attempts, seconds. */
const BACKOFF = [5, 30, 120, 600] as const;

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
  let sent = 0;
  for (;;) {
    const due = await bot.store.read((reader) => reader.outbox.due(machineNow(), BATCH));
    const before = sent;
    for (const row of due) if (await attempt(bot, doors, row, machineNow)) sent += 1;
    if (due.length < BATCH || sent === before) return sent;
  }
}

async function attempt(
  bot: Lantian,
  doors: readonly Door[],
  row: OutboxRow,
  machineNow: () => number,
): Promise<boolean> {
  const person = await bot.store.read((reader) => reader.people.byId(row.personId));
  const door = doors.find((d) => d.platform === person?.pushPlatform);
  // Another process may hold that platform's connection: the row waits for it.
  if (person === null || door === undefined) return false;
  try {
    await door.deliver(row, person);
    return true;
  } catch (error) {
    const attempts = row.attempts + 1;
    const reason = (error as Error).message;
    await bot.store.write(async (writer) => {
      await writer.outbox.claim([row.id]);
      if (attempts >= MAX_ATTEMPTS) await writer.outbox.giveUp(row.id, "failed", reason);
      else await writer.outbox.retry(row.id, machineNow() + (BACKOFF[attempts - 1] ?? 600) * 1000, reason);
    });
    return false;
  }
}
