import { contextOf, type Lantian } from "../bot/lantian.ts";
import type { Card } from "../chat/card.ts";
import { shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { markAt } from "../runs/slots.ts";

/** Less than so much is a clock that is kept right; it is also how often the time is written down. */
const JITTER_MS = 60_000;

/**
 * Notices that a running office's clock was set back, also while the bot was down. Whatever has gone out stays gone out; what
 * the clock that ran ahead has only marked, as passed or as dropped, is to come in its time after all; the office is told.
 * A demonstration's clock is set by hand, and nothing is made of that.
 */
export async function noteClock(bot: Lantian, now: EpochMs): Promise<void> {
  if (bot.demo) return;
  const written = await bot.store.read((reader) => reader.settings.get("clock-seen"));
  const seen = written === null ? null : Number(written);
  if (seen !== null && Math.abs(now - seen) <= JITTER_MS) return;
  const isBack = seen !== null && now < seen;
  const context = await contextOf(bot);
  await bot.store.write(async (store) => {
    await store.settings.set("clock-seen", String(now));
    if (!isBack) return;
    await store.settings.set("clock-back", String(now));
    const restored = await store.ledger.restoreAfter(now);
    for (const job of bot.registry.schedules) {
      const mark = markAt(job, context.office, now);
      const before = await store.ledger.workedOffUntil(job.name);
      if (before !== null && before > mark) await store.ledger.setWorkedOff(job.name, mark);
    }
    const at = (ms: EpochMs) => shortTime(context.office.local(Temporal.Instant.fromEpochMilliseconds(ms)));
    const card: Card = {
      title: "系统时钟倒退，请核对服务器时间",
      tone: "bad",
      blocks: [
        {
          kind: "text",
          text: `服务器时间从${at(seen)}退回到${at(now)}。已经发出的通知不会重发，还没到点的照常发出。请核对服务器的日期和时间，并看看这段时间有没有发早了的通知。`,
        },
      ],
      facts: { from: seen, to: now },
    };
    for (const person of await store.people.withRoles(["office"]))
      await store.outbox.queue(
        {
          key: `clock-back/${seen}/${now}/${person.id}`,
          to: { personId: person.id },
          class: "must-arrive",
          uncounted: "alarm",
          card,
        },
        now,
      );
    await store.audit.append({
      at: now,
      personId: null,
      actor: "系统",
      act: "clock.back",
      outcome: "done",
      detail: { from: seen, to: now, restored },
    });
  });
}
