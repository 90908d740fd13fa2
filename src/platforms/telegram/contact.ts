import type { Lantian } from "../../bot/lantian.ts";
import type { Card } from "../../chat/card.ts";

/** Telegram keeps for a day what it can't hand over, and then forgets it. */
const KEPT_MS = 24 * 3_600_000;
/** The time of a contact is written down no more often than this. */
const WRITE_EVERY_MS = 60_000;

/**
 * Remembers when Telegram was last in touch: a fetch that succeeded, or a webhook that Telegram reaches. After a break in
 * which updates may have been lost the office is told, once. `machineNow` in ms UTC; the office's clock may stand still.
 */
export function contactWith(bot: Lantian, machineNow: () => number): { made(): Promise<void> } {
  let written: number | null = null;
  return {
    async made() {
      const now = machineNow();
      if (written !== null && Math.abs(now - written) < WRITE_EVERY_MS) return;
      const at = (await bot.clock.now()).epochMilliseconds;
      await bot.store.write(async ({ settings, people, outbox }) => {
        const last = Number(await settings.get("telegram-contact")) || now;
        await settings.set("telegram-contact", String(now));
        if (now - last <= KEPT_MS) return;
        const card = lostCard(Math.floor((now - last) / 3_600_000));
        for (const { id } of await people.withRoles(["office"])) {
          const key = `telegram-gap/${last}/${id}`;
          await outbox.queue(
            { key, to: { personId: id }, class: "must-arrive", uncounted: "alarm", card },
            at,
          );
        }
      });
      written = now;
    },
  };
}

function lostCard(hours: number): Card {
  const text = `Telegram已中断${hours}小时，期间消息可能遗失，请提醒各单位重发。`;
  return { title: "Telegram曾经中断", tone: "bad", blocks: [{ kind: "text", text }] };
}
