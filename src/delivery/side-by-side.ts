import type { Lantian } from "../bot/lantian.ts";
import { revealCodes } from "../office/shown-codes.ts";
import type { Writer } from "../store/store.ts";
import { type Door, type Outcome, unreachable } from "./door.ts";
import { AT_ONCE, type DueLane, dueLanesOf } from "./due-lanes.ts";
import { type Held, hold, look, type Ready } from "./look.ts";
import { settle } from "./settle.ts";

/**
 * Sends what is due through a door that leads elsewhere: in one chat one after another, the chats side by side, so that
 * whoever can't be reached holds up nobody else. @returns how many were sent.
 */
export async function deliverSideBySide(bot: Lantian, door: Door, machineNow: () => number): Promise<number> {
  let sent = 0;
  const held: Held[] = [];
  const faults: unknown[] = [];
  /** Chats with something in them that is still to be held: until then it would seem due to another round. */
  const left: (() => void)[] = [];
  const holdAll = async () => {
    const releases = left.splice(0);
    await hold(bot, held.splice(0)).finally(() => {
      for (const release of releases) release();
    });
  };
  const lanes = dueLanesOf(bot, door, { machineNow, beforeReading: holdAll });

  const workOff = async (lane: DueLane, last: LastAccepted) => {
    for (let row = lane.next(); row !== undefined; row = lane.next()) {
      // A doubtful one is looked for on the platform: nothing waits for that.
      if (row.state === "ambiguous") await last.writeDown();
      const result = await look(bot, door, row, machineNow);
      if (typeof result === "boolean") sent += Number(result);
      else if ("until" in result) held.push(result);
      else if (await deliver(bot, door, result, last, machineNow)) sent += 1;
    }
  };
  const work = async () => {
    const last = lastAccepted(bot, door, machineNow);
    try {
      for (;;) {
        let lane = await lanes.take();
        // What is written down frees a chat in which more may wait by now.
        if (lane === null && (await last.writeDown())) lane = await lanes.take();
        if (lane === null) return;
        hire();
        try {
          await workOff(lane, last);
        } finally {
          lane.rest();
          last.afterwards(() => (held.length > 0 ? left.push(lane.release) : lane.release()));
        }
      }
    } catch (error) {
      faults.push(error);
    } finally {
      await last.writeDown().catch((error: unknown) => faults.push(error));
    }
  };
  let workers: Promise<void>[] = [];
  const hire = () => {
    if (workers.length < AT_ONCE) workers.push(work());
  };
  try {
    do {
      workers = [];
      hire();
      for (const worker of workers) await worker;
      await holdAll();
    } while (faults.length === 0 && (await lanes.more()));
  } finally {
    lanes.end();
  }
  if (faults.length > 0) throw faults[0];
  return sent;
}

type LastAccepted = ReturnType<typeof lastAccepted>;

/**
 * What a platform elsewhere has accepted last. It is written down in one transaction with the claim of the next, which
 * halves the commits of a long row of notices; nothing is asked of the platform in between.
 */
function lastAccepted(bot: Lantian, { platform }: Door, machineNow: () => number) {
  let last: { one: Ready; outcome: Outcome } | null = null;
  let following: (() => void)[] = [];
  return {
    note(one: Ready, outcome: Outcome) {
      last = { one, outcome };
    },
    /** Does something as soon as nothing is to be written down any more. */
    afterwards(next: () => void) {
      if (last === null) next();
      else following.push(next);
    },
    /** Does `besides` in the transaction in which it is written down. */
    async together<T>(besides: (writer: Writer) => Promise<T>): Promise<T | undefined> {
      if (last === null) return bot.store.write(besides);
      const { one, outcome } = last;
      const next = following;
      last = null;
      following = [];
      return settle(bot, { ...one, platform }, outcome, machineNow, besides).finally(() => {
        for (const then of next) then();
      });
    },
    /** @returns whether there was anything to write down. */
    async writeDown(): Promise<boolean> {
      if (last === null) return false;
      await this.together(async () => undefined);
      return true;
    },
  };
}

/** @returns whether it was sent. */
async function deliver(
  bot: Lantian,
  door: Door,
  { row, to }: Ready,
  last: LastAccepted,
  machineNow: () => number,
): Promise<boolean> {
  const held = await last.together((w) => w.outbox.claim(row));
  if (!held) return false;
  // A code goes out as it is; the row keeps its mark.
  const outcome = await door.deliver({ ...held, card: revealCodes(held.card) }, to).catch(unreachable);
  const one = { row: held, to };
  if (outcome.kind === "accepted") last.note(one, outcome);
  else await settle(bot, { ...one, platform: door.platform }, outcome, machineNow);
  return outcome.kind === "accepted" || outcome.kind === "settled";
}
