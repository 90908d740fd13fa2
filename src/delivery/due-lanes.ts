import type { Lantian } from "../bot/lantian.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Door } from "./door.ts";

/** Chats that are written to at once on one platform; whatever its limits grant, more would only wait. */
export const AT_ONCE = 8;
/** Few at a time, so that what becomes due meanwhile needn't wait for all. */
const BATCH = 16;

/** What the rounds of one platform have in common: they overlap, and none may overtake another in a chat. */
type Shared = {
  /** The chats that are being written to. */
  busy: Set<string>;
  /** Those of them in which nothing is under way any more, but what came of it isn't written down yet. */
  resting: Set<string>;
  /** The how manieth to be left each chat was, when it was left last. */
  leftAs: Map<string, number>;
  /** How many chats have been left. */
  left: number;
  /** The round that waits until a chat is left, for all others too: were each to look by itself, a long row would drown them. */
  waiting: Waiting | null;
};
type Waiting = { goOn(): void; takeOver(): void; ended: Promise<void> };
const sharedOf = new WeakMap<Door, Shared>();

/** What is due in one chat, in order. */
export type DueLane = {
  next(): OutboxRow | undefined;
  /** Nothing is under way in it any more: another chat may be written to in its place. */
  rest(): void;
  /** Lets others go on in this chat. */
  release(): void;
};

/** What is due in the chats of one platform, for one round. */
export type DueLanes = {
  /** A chat that nobody writes to, until it is released; null when there is none, or enough are written to. */
  take(): Promise<DueLane | null>;
  /**
   * Waits until another round has left a chat where something is left. @returns false when nothing is, or another round that
   * waited already has sent it.
   */
  more(): Promise<boolean>;
  /** This round is over. */
  end(): void;
};

/** `beforeReading` writes down what has been found out about rows that would otherwise be read once more. */
export function dueLanesOf(
  bot: Lantian,
  door: Door,
  { machineNow, beforeReading }: { machineNow: () => number; beforeReading: () => Promise<void> },
): DueLanes {
  const shared = sharedOf.get(door) ?? {
    busy: new Set(),
    resting: new Set(),
    leftAs: new Map(),
    left: 0,
    waiting: null,
  };
  sharedOf.set(door, shared);
  const { busy, resting, leftAs } = shared;
  const isFull = () => busy.size - resting.size >= AT_ONCE;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const seen = new Set<number>();
  const mine = new Set<string>();
  /** What this round has read; whoever was in a chat since knows more of what is due there. */
  const lanes = new Map<string, { rows: OutboxRow[]; readAt: number }>();
  /** Chats in which something is due and that another round writes to: a long row in one of them is read by that round alone. */
  const passed = new Set<string>();

  const isOutdated = (lane: string, readAt: number) => (leftAs.get(lane) ?? 0) > readAt;
  /** @returns whether there is anything that this round hasn't seen. */
  const readMore = async (): Promise<boolean> => {
    await beforeReading();
    const known = [...lanes.values()].reduce((sum, { rows }) => sum + rows.length, busy.size);
    const limit = BATCH + 2 * known;
    const readAt = shared.left;
    const due = await bot.store.read((r) => r.outbox.due(machineNow(), limit, [door.platform], [...passed]));
    let isNew = false;
    for (const row of due) {
      const { lane } = row;
      if (seen.has(row.id) || passed.has(lane)) continue;
      isNew = true;
      if (busy.has(lane) && !mine.has(lane)) passed.add(lane);
      if (passed.has(lane) || isOutdated(lane, readAt)) continue;
      seen.add(row.id);
      const before = lanes.get(lane);
      lanes.set(lane, { rows: [...(before?.rows ?? []), row], readAt: before?.readAt ?? readAt });
    }
    return isNew;
  };
  const laneFrom = (lane: string): DueLane => ({
    next() {
      const rows = lanes.get(lane)?.rows ?? [];
      const row = rows.shift();
      if (rows.length === 0) lanes.delete(lane);
      return row;
    },
    rest() {
      resting.add(lane);
    },
    release() {
      busy.delete(lane);
      resting.delete(lane);
      mine.delete(lane);
      shared.left += 1;
      leftAs.set(lane, shared.left);
      shared.waiting?.goOn();
      shared.waiting = null;
    },
  });
  const free = (): DueLane | null => {
    for (const [lane, { rows, readAt }] of lanes) {
      if (busy.has(lane)) continue;
      if (isOutdated(lane, readAt)) {
        lanes.delete(lane);
        for (const { id } of rows) seen.delete(id);
        continue;
      }
      busy.add(lane);
      mine.add(lane);
      return laneFrom(lane);
    }
    return null;
  };
  /** What this round hasn't come to is read anew, by whoever comes to it. */
  const letGo = () => {
    for (const { rows } of lanes.values()) for (const { id } of rows) seen.delete(id);
    lanes.clear();
    passed.clear();
  };
  return {
    end,
    async take() {
      for (;;) {
        if (isFull()) await beforeReading();
        if (isFull()) return null;
        const lane = free();
        if (lane !== null || !(await readMore())) return lane;
      }
    },
    async more() {
      const left = [...lanes.keys(), ...passed];
      if (left.length === 0 && busy.size < AT_ONCE) return false;
      const isFree = busy.size < AT_ONCE && left.some((lane) => !busy.has(lane));
      letGo();
      if (isFree) return true;
      if (shared.waiting !== null) {
        const { waiting } = shared;
        waiting.takeOver();
        await waiting.ended;
        return false;
      }
      await new Promise<void>((goOn) => {
        // What it has been at may be due once more, and whoever would have come to that is gone.
        shared.waiting = { goOn, takeOver: () => seen.clear(), ended };
      });
      return true;
    },
  };
}
