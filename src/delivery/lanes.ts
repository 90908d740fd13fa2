import type { Lantian } from "../bot/lantian.ts";
import type { Inbound, PlatformName } from "../store/inbox.ts";
import { workOne } from "./inbound.ts";
import { pieceByPiece } from "./piece-by-piece.ts";

/** Rows that are read at once to learn their lanes: what comes in meanwhile needn't wait until thousands are through. */
const AT_ONCE = 100;
/** Waits before a message that failed is tried again, seconds. */
const RETRY = [0.2, 1, 5, 15] as const;

export type Lanes = {
  /** Something may have come in. */
  wake(): void;
  /** Takes up nothing more and waits for what is being worked on; the rest stays in the inbox for the next start. */
  stop(): Promise<void>;
};

/**
 * Works off one platform's inbox in lanes: messages of one lane (a chat) in the order of arrival, one at a time, the
 * lanes side by side, so that a long answer in one chat keeps no other waiting, and begun one after the other, so that many
 * keep no acknowledgement waiting. A message that fails holds its lane until it succeeds or is set aside; one that had its
 * effect before it failed is handled again as well, and is answered with what came of it.
 */
export function startLanes(
  bot: Lantian,
  platform: PlatformName,
  options: {
    /** null: it waits behind nobody's answer, not even one that has begun to wait before it. */
    laneOf: (row: Inbound) => string | null;
    handle: (row: Inbound) => Promise<void>;
    /** A message is tried no more, and its sender has no answer. */
    onLost: (inbound: number) => Promise<void>;
    /** Length of a second in ms; tests shorten it. */
    second?: number;
  },
): Lanes {
  const { laneOf, handle, onLost, second = 1000 } = options;
  /** What waits in each lane that is being worked on, by its ids and in order: a row is held in memory while it is worked on only. */
  const lanes = new Map<string, { ids: number[]; done: Promise<void> }>();
  const itsTurn = pieceByPiece();
  const pauses = new Set<() => void>();
  /** The newest row whose lane is known; each is read for that once, however often something comes in. */
  let seen = 0;
  let stopped = false;
  let looking: Promise<void> | null = null;
  let lookAgain = false;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      pauses.add(end);
    });
  const work = async (id: number) => {
    let tried = await bot.store.read((r) => r.inbox.byId(id));
    let how = handle;
    for (let times = 0; tried?.state === "received" && !stopped; times++) {
      const became = await workOne(bot, tried, how, onLost);
      if (became === "answered") how = async () => undefined;
      else if (became === "again") tried = { ...tried, attempts: tried.attempts + 1 };
      else if (became !== "later") break;
      await pause((RETRY[times] ?? 15) * second);
    }
  };
  const workOff = async (lane: string, ids: number[], isUrgent: boolean) => {
    for (let [id] = ids; id !== undefined && !stopped; [id] = ids)
      try {
        await itsTurn({ isUrgent });
        await work(id);
        ids.shift();
      } catch (error) {
        bot.report(error, `lane-${lane}`);
        await pause(RETRY[1] * second);
      }
    lanes.delete(lane);
  };
  const look = async () => {
    do {
      lookAgain = false;
      const waiting = await bot.store.read((r) => r.inbox.waiting(platform, { after: seen, most: AT_ONCE }));
      for (const row of waiting) {
        const own = laneOf(row);
        const lane = own ?? `row/${row.id}`;
        const ids = lanes.get(lane)?.ids ?? [];
        ids.push(row.id);
        if (!lanes.has(lane)) lanes.set(lane, { ids, done: workOff(lane, ids, own === null) });
        seen = row.id;
      }
      if (waiting.length === AT_ONCE) lookAgain = true;
    } while (lookAgain && !stopped);
  };
  const wake = () => {
    lookAgain = true;
    if (stopped || looking !== null) return;
    // The acknowledgement that is being written goes first: answering in the same turn would hold it back.
    looking = new Promise<void>((resolve) => setImmediate(resolve))
      .then(look)
      .catch((error: unknown) => bot.report(error, `inbox-${platform}`))
      .finally(() => {
        looking = null;
      });
  };
  return {
    wake,
    async stop() {
      stopped = true;
      for (const end of [...pauses]) end();
      await looking;
      await Promise.all([...lanes.values()].map(({ done }) => done));
    },
  };
}
