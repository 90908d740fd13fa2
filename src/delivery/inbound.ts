import type { Lantian } from "../chat/router.ts";
import type { Inbound, Platform } from "../store/inbox.ts";

/** Attempts after which a message that can't be handled is set aside, so that it blocks nobody. */
const MAX_ATTEMPTS = 5;

/**
 * Commits what came in, before the platform is told that we have it.
 * @returns the row, or null for an id that is known already: a redelivery.
 */
export async function receive(
  bot: Lantian,
  message: { platform: Platform; externalId: string; payload: unknown },
): Promise<Inbound | null> {
  const { platform, externalId, payload } = message;
  const receivedAt = (await bot.clock.now()).epochMilliseconds;
  return bot.store.write((w) =>
    w.inbox.receive({ platform, externalId, payload: JSON.stringify(payload), receivedAt }),
  );
}

/**
 * Works off what one platform has delivered, in the order of arrival, one at a time. `handle` answers the person and
 * passes the row's id on as `Speaker.inbound`. A message that fails waits for the next round; after five it is set aside.
 * @returns how many were handled.
 */
export async function workInbox(
  bot: Lantian,
  platform: Platform,
  handle: (row: Inbound) => Promise<void>,
): Promise<number> {
  let handled = 0;
  for (const row of await bot.store.read((r) => r.inbox.waiting(platform))) {
    try {
      await handle(row);
      await bot.store.write((w) => w.inbox.finish(row.id, "done", null));
      handled += 1;
    } catch (error) {
      bot.report(error, `inbox-${row.id}`);
      await bot.store.write((w) =>
        row.attempts + 1 >= MAX_ATTEMPTS
          ? w.inbox.finish(row.id, "failed", null)
          : w.inbox.failedOnce(row.id),
      );
    }
  }
  return handled;
}
