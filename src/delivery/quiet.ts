import type { Lantian } from "../bot/lantian.ts";
import { withinHours } from "../domain/time-of-day.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Recipient } from "./door.ts";

/** A held delivery is looked at again at the latest after this time, so that changed settings and a set clock count. */
const LOOK_AGAIN_MS = 300_000;

/**
 * How long (ms) a delivery waits because its recipient wants quiet at this hour of the office's clock; 0: not at all.
 * What must arrive never waits, and neither does an edit: it makes no sound.
 */
export async function quietFor(
  bot: Lantian,
  row: Pick<OutboxRow, "kind" | "class">,
  to: Recipient,
): Promise<number> {
  if (row.class === "must-arrive" || row.kind === "edit" || to.kind === "chat") return 0;
  const { quietFrom, quietTo } = to.person;
  if (quietFrom === null || quietTo === null) return 0;
  const now = bot.office.local(await bot.clock.now());
  if (!withinHours(now.hour, quietFrom, quietTo)) return 0;
  const today = now.with({
    hour: quietTo,
    minute: 0,
    second: 0,
    millisecond: 0,
    microsecond: 0,
    nanosecond: 0,
  });
  const end = Temporal.ZonedDateTime.compare(today, now) > 0 ? today : today.add({ days: 1 });
  return Math.min(end.epochMilliseconds - now.epochMilliseconds, LOOK_AGAIN_MS);
}
