import type { Lantian } from "../bot/lantian.ts";
import type { Door } from "./door.ts";
import { deliverDue } from "./worker.ts";

/** Rounds of deliveries through all doors of a running bot, whoever asks for them. */
export type Rounds = {
  /** Sends everything that is due. `there` is the bot at another time of its clock. @returns how many were sent. */
  send(there?: Lantian): Promise<number>;
  /** Sends what arrives without a network; the rest follows by itself, however long the platforms take over it. */
  sendAtOnce(): Promise<void>;
  /** Begins no more rounds and waits for those under way, so that what was sent is written down. */
  stop(): Promise<void>;
};

export function roundsOf(bot: Lantian, doors: readonly Door[], onFault: (error: unknown) => void): Rounds {
  const underWay = new Set<Promise<unknown>>();
  let stopped = false;
  const round = async (there: Lantian, through: readonly Door[]): Promise<number> => {
    if (stopped || through.length === 0) return 0;
    const sending = deliverDue(there, through);
    const ended = sending.catch(() => undefined).finally(() => underWay.delete(ended));
    underWay.add(ended);
    return sending;
  };
  return {
    send: (there = bot) => round(there, doors),
    async sendAtOnce() {
      const [near, far] = [doors.filter((door) => !door.remote), doors.filter((door) => door.remote)];
      round(bot, far).catch(onFault);
      await round(bot, near);
    },
    async stop() {
      stopped = true;
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
