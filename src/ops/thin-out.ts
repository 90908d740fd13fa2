import { setImmediate as breathe } from "node:timers/promises";
import type { Lantian } from "../bot/lantian.ts";
import type { Thinned } from "../store/retention.ts";

const DAY_MS = 86_400_000;
/** A platform sends a message again for a day at most: for longer a stranger's needn't be known. */
const REPEATED_DAYS = 2;
/** Rows of a kind in one transaction: a few thousandths of a second, in which nobody waits long. */
const BITE = 500;

/**
 * Deletes what the pack's terms (`retention`) let go, in small bites, and writes down how much it was; files that are given up
 * are taken out of the vault by the next sweep, after whoever is reading or backing up has done so. It is no job of the
 * calendar's: a slot is one transaction, and a year that is thinned at once would hold up everybody.
 * @returns what went in all.
 */
export async function thinOut(
  bot: Lantian,
  { bite = BITE, stops = () => false }: { bite?: number; stops?: () => boolean } = {},
): Promise<Thinned> {
  const all: Thinned = { inbox: 0, messages: 0, cards: 0, tokens: 0, files: 0 };
  const { retention } = bot.office.pack.settings;
  for (;;) {
    const at = (await bot.clock.now()).epochMilliseconds;
    const since = {
      inbox: at - retention.inbox * DAY_MS,
      passing: at - REPEATED_DAYS * DAY_MS,
      messages: at - retention.messages * DAY_MS,
      tokens: at - retention.tokens * DAY_MS,
      evidence: at - retention.evidence * DAY_MS,
    };
    const went = await bot.store.write(async ({ retention: rows, audit }) => {
      const thinned = await rows.thin(since, at, bite);
      if (Object.values(thinned).some((n) => n > 0))
        await audit.append({
          ...{ at, personId: null, actor: "系统", act: "rows.thin", outcome: "done" },
          detail: thinned,
        });
      return thinned;
    });
    for (const kind of Object.keys(all) as (keyof Thinned)[]) all[kind] += went[kind];
    // Tokens are of three tables: a full bite of any of them is at least as much.
    if (stops() || Object.values(went).every((n) => n < bite)) return all;
    await breathe();
  }
}
