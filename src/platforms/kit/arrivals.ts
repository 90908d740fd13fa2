import type { Lantian, Reply } from "../../bot/lantian.ts";
import { isRefusal } from "../../chat/refusal.ts";
import { sealCodes } from "../../office/sealed-codes.ts";
import { type Inbound, requestName } from "../../store/inbox.ts";
import type { Writer } from "../../store/store.ts";
import { type WriteFault, writeFaultIn } from "../../store/write-fault.ts";
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

/** What came of a message that can't be kept: all that was to be done, as for a question, or nothing yet. */
export type Passing = "answered" | "comes again";

/** What came of one that was answered so: what was to be done, and wasn't, is done when it comes again. */
export const passingOf = ({ answer }: Pick<Reply, "answer">): Passing =>
  isRefusal(answer) && answer.code === "not-saved" ? "comes again" : "answered";

/** Unkept messages that are remembered, so that one that comes again is neither answered nor told of its waiting twice. */
const REMEMBERED = 1000;

/**
 * The way of one platform's messages into the inbox. While nothing can be written, `pass` answers what needs no keeping;
 * whatever else there is, is not acknowledged.
 */
export function arrivalsOn(
  bot: Lantian,
  platform: string,
  pass: (payload: object, fault: WriteFault) => Promise<Passing> = async () => "comes again",
): Arrivals {
  const tooFast = new Set<number>();
  const passed = new Map<string, Promise<Passing>>();
  const passOnce = ({ externalId, payload, admit }: Arrival, fault: WriteFault): Promise<Passing> => {
    const before = passed.get(externalId);
    if (before !== undefined) return before;
    const passing = admit() === "work" ? pass(payload, fault) : Promise.resolve("answered" as const);
    passed.set(externalId, passing);
    // One that failed is tried again with the message.
    passing.catch(() => passed.delete(externalId));
    if (passed.size > REMEMBERED) passed.delete(passed.keys().next().value ?? "");
    return passing;
  };
  return {
    async keep(arrivals) {
      const receivedAt = (await bot.clock.now()).epochMilliseconds;
      const answered = new Set<string>();
      for (const { externalId } of arrivals)
        if ((await passed.get(externalId)) === "answered") answered.add(externalId);
      const write = async ({ inbox, signIns }: Writer) => {
        let kept = 0;
        for (const { externalId, payload, admit } of arrivals) {
          const row = await inbox.receive({
            platform,
            externalId,
            payload: JSON.stringify(await sealCodes(payload, signIns.isCode)),
            receivedAt,
          });
          if (row === null) continue;
          if (answered.has(externalId)) {
            await inbox.finish(row.id, "done", null);
            continue;
          }
          const admission = admit();
          bot.trace?.({ request: requestName(row.id), platform, admission }, "received");
          if (admission !== "work") await inbox.letPass(row.id);
          if (admission === "say so once") tooFast.add(row.id);
          if (admission === "drop silently") await inbox.finish(row.id, "done", null);
          else kept += 1;
        }
        return kept;
      };
      try {
        return await bot.store.write(write);
      } catch (error) {
        const fault = writeFaultIn(error);
        if (fault === null) throw error;
        const all = await Promise.all(arrivals.map((arrival) => passOnce(arrival, fault)));
        if (all.includes("comes again")) throw error;
        bot.report(error, `${platform}-unkept`);
        return 0;
      }
    },
    isTooFast: (row) => tooFast.has(row.id),
    told: (row) => void tooFast.delete(row.id),
  };
}
