import type { Lantian } from "../bot/lantian.ts";
import { type Door, unreachable } from "./door.ts";
import { type Held, hold, look, type Ready } from "./look.ts";
import { settle } from "./settle.ts";

const BATCH = 100;

/** Puts what is due where nothing elsewhere has to be asked, the oldest first: many at a time in one transaction. @returns how many were sent. */
export async function deliverNear(bot: Lantian, door: Door, machineNow: () => number): Promise<number> {
  let sent = 0;
  const seen = new Set<number>();
  for (;;) {
    const due = await bot.store.read((reader) => reader.outbox.due(machineNow(), BATCH, [door.platform]));
    const fresh = due.filter(({ id }) => !seen.has(id));
    const held: Held[] = [];
    const ready: Ready[] = [];
    for (const row of fresh) {
      seen.add(row.id);
      const result = await look(bot, door, row, machineNow);
      if (typeof result === "boolean") sent += Number(result);
      else if ("until" in result) held.push(result);
      else ready.push(result);
    }
    if (ready.length > 0) sent += await deliverTogether(bot, door, ready, machineNow);
    await hold(bot, held);
    if (due.length < BATCH || fresh.length === 0) return sent;
  }
}

/** All in one transaction of the door's; one that can't be delivered must not keep the others back, so then each goes alone. */
async function deliverTogether(
  bot: Lantian,
  door: Door,
  ready: readonly Ready[],
  machineNow: () => number,
): Promise<number> {
  const outcomes = (await door.deliverAll?.(ready).catch(() => [])) ?? [];
  let sent = 0;
  for (const [i, { row, to }] of ready.entries()) {
    const alone = () => door.deliver(row, to).catch(unreachable);
    const outcome = outcomes[i] ?? (await alone());
    await settle(bot, { row, to, platform: door.platform }, outcome, machineNow);
    if (outcome.kind === "settled" || outcome.kind === "accepted") sent += 1;
  }
  return sent;
}
