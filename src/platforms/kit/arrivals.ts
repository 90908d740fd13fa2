import type { Lantian } from "../../bot/lantian.ts";
import { sealCodes } from "../../office/sealed-codes.ts";
import type { Inbound } from "../../store/inbox.ts";
import type { Admission } from "./flood.ts";

/** Something that came in. `admit` is asked once, and only of what is new: a redelivery counts against nobody. */
export type Arrival = { externalId: string; payload: object; admit(): Admission };

export type Arrivals = {
  /**
   * Commits what came in, all in one transaction: after it, and not before, the platform may forget it. What is too much
   * is committed as well, so that it is known when it comes again, but not worked on.
   * @returns how many are to be worked on.
   */
  keep(arrivals: readonly Arrival[]): Promise<number>;
  /** Whether a row is to be answered with a word on patience. After a crash it is worked on like all others. */
  isTooFast(row: Inbound): boolean;
  /** That word has been said. */
  told(row: Inbound): void;
};

/** The way of one platform's messages into the inbox. */
export function arrivalsOn(bot: Lantian, platform: string): Arrivals {
  const tooFast = new Set<number>();
  return {
    async keep(arrivals) {
      const receivedAt = (await bot.clock.now()).epochMilliseconds;
      return bot.store.write(async ({ inbox, signIns }) => {
        let kept = 0;
        for (const { externalId, payload, admit } of arrivals) {
          const row = await inbox.receive({
            platform,
            externalId,
            payload: JSON.stringify(await sealCodes(payload, signIns.isCode)),
            receivedAt,
          });
          if (row === null) continue;
          const admission = admit();
          if (admission !== "work") await inbox.letPass(row.id);
          if (admission === "say so once") tooFast.add(row.id);
          if (admission === "drop silently") await inbox.finish(row.id, "done", null);
          else kept += 1;
        }
        return kept;
      });
    },
    isTooFast: (row) => tooFast.has(row.id),
    told: (row) => void tooFast.delete(row.id),
  };
}
