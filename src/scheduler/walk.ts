import type { Lantian } from "../bot/lantian.ts";
import { presentOffice } from "../bot/present-office.ts";
import { fixedClock } from "../clock.ts";
import type { EpochMs } from "../domain/ids.ts";
import { dueSlots, markAt } from "../runs/slots.ts";
import type { Agenda } from "../store/agenda.ts";
import { beat } from "./beat.ts";
import type { SlotCount } from "./reconcile.ts";

/**
 * Walks the demonstration clock from one instant to another, as if the bot had been running all the time: it stops at
 * every slot and every issue's deadline on the way, works it off at its own time, and calls `afterEach` (to deliver). Both ends are inclusive.
 * What lies between the ledger's mark and `from` was downtime and goes by each job's catch-up policy. Where it begins before
 * the demonstration's clock, that stands until the walk has come up to it: the clock never goes back.
 */
export async function walk(
  bot: Lantian,
  from: Temporal.Instant,
  to: Temporal.Instant,
  afterEach: (bot: Lantian) => Promise<unknown>,
): Promise<SlotCount> {
  await rewind(bot, from);
  const stops = new Set<EpochMs>([from.epochMilliseconds]);
  const office = await presentOffice(bot);
  const moves = await bot.store.read((reader) => reader.slotMoves.open());
  for (const job of bot.registry.schedules) {
    const mark = markAt(job, office, from.epochMilliseconds - 1);
    for (const { due } of dueSlots(job, office, mark, to.epochMilliseconds, moves.get(job.name)))
      if (due >= from.epochMilliseconds) stops.add(due);
  }
  stops.add(to.epochMilliseconds);
  const standsAt = (await bot.clock.now()).epochMilliseconds;
  const total: SlotCount = { due: 0, ran: 0, caughtUp: 0, skipped: 0 };
  const stopAt = async (stop: EpochMs, agenda: Agenda) => {
    const there = { ...bot, clock: fixedClock(Temporal.Instant.fromEpochMilliseconds(stop)) };
    if (bot.demo && stop > standsAt)
      await bot.store.write((writer) => writer.settings.set("demo-clock", String(stop)));
    const count = await beat(there, { agenda });
    for (const key of Object.keys(total) as (keyof SlotCount)[]) total[key] += count[key];
    await afterEach(there);
  };
  let last = Number.NEGATIVE_INFINITY;
  for (const stop of [...stops].sort((a, b) => a - b)) {
    // Deadlines of issues, terms of responses, digests and looks whether something was seen lie between the slots, and each may bring the next.
    for (;;) {
      const agenda = await bot.store.read((reader) => reader.agenda.read());
      const { issues, hours, folds, chases, pauses, responses } = agenda;
      const coming = [issues, hours, folds, chases, pauses, responses].filter(
        (at) => at !== null && at > last && at >= from.epochMilliseconds,
      );
      last = Math.min(stop, ...(coming as EpochMs[]));
      await stopAt(last, agenda);
      if (last === stop) break;
    }
  }
  return total;
}

/** Sets the ledger's mark back to a start that lies before it. Slots decided before stay decided and never run twice. */
async function rewind(bot: Lantian, from: Temporal.Instant): Promise<void> {
  const office = await presentOffice(bot);
  await bot.store.write(async (writer) => {
    for (const job of bot.registry.schedules) {
      const mark = await writer.ledger.workedOffUntil(job.name);
      const start = markAt(job, office, from.epochMilliseconds - 1);
      if (mark === null || mark > start) await writer.ledger.setWorkedOff(job.name, start);
    }
  });
}
