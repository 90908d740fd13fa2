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
  /** The how manieth to be left each chat was, when it was left last. */
  leftAs: Map<string, number>;
  /** How many chats have been left. */
  left: number;
  /** The round that waits until a chat is left, for all others too: were each to look by itself, a long row would drown them. */
  waiting: Waiting | null;
};
type Waiting = { goOn(): void; takeOver(rows: readonly number[]): void; ended: Promise<void> };
const sharedOf = new WeakMap<Door, Shared>();

/** What is due in one chat, in order. */
export type DueLane = {
  next(): OutboxRow | undefined;
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
  const shared = sharedOf.get(door) ?? { busy: new Set(), leftAs: new Map(), left: 0, waiting: null };
  sharedOf.set(door, shared);
  const { busy, leftAs } = shared;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const seen = new Set<number>();
  const mine = new Set<string>();
  /** What this round has read; whoever was in a chat since knows more of what is due there. */
  const lanes = new Map<string, { rows: OutboxRow[]; readAt: number }>();
  /** What is due in chats that another round writes to. */
  const passed = new Map<number, string>();

  const isOutdated = (lane: string, readAt: number) => (leftAs.get(lane) ?? 0) > readAt;
  /** @returns whether there is anything that this round hasn't seen. */
  const readMore = async (): Promise<boolean> => {
    await beforeReading();
    const known = [...lanes.values()].reduce((sum, { rows }) => sum + rows.length, busy.size + passed.size);
    const readAt = shared.left;
    const due = await bot.store.read((r) => r.outbox.due(machineNow(), BATCH + 2 * known, [door.platform]));
    let isNew = false;
    for (const row of due) {
      const lane = laneOf(row);
      if (seen.has(row.id) || passed.has(row.id)) continue;
      isNew = true;
      if (busy.has(lane) && !mine.has(lane)) passed.set(row.id, lane);
      if (passed.has(row.id) || isOutdated(lane, readAt)) continue;
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
    release() {
      busy.delete(lane);
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
  const takeOver = (rows: readonly number[]) => {
    for (const id of rows) seen.delete(id);
  };
  /** What this round hasn't come to is read anew, by whoever comes to it. */
  const letGo = (): number[] => {
    const rows = [...passed.keys(), ...[...lanes.values()].flatMap(({ rows }) => rows.map(({ id }) => id))];
    takeOver(rows);
    lanes.clear();
    passed.clear();
    return rows;
  };
  return {
    end,
    async take() {
      for (;;) {
        if (busy.size >= AT_ONCE) await beforeReading();
        if (busy.size >= AT_ONCE) return null;
        const lane = free();
        if (lane !== null || !(await readMore())) return lane;
      }
    },
    async more() {
      const left = [...lanes.keys(), ...passed.values()];
      if (left.length === 0 && busy.size < AT_ONCE) return false;
      const isFree = busy.size < AT_ONCE && left.some((lane) => !busy.has(lane));
      const rows = letGo();
      if (isFree) return true;
      if (shared.waiting !== null) {
        const { waiting } = shared;
        waiting.takeOver(rows);
        await waiting.ended;
        return false;
      }
      await new Promise<void>((goOn) => {
        shared.waiting = { goOn, takeOver, ended };
      });
      return true;
    },
  };
}

/** Where a delivery goes, as far as order is concerned: a person's chat or a group. */
function laneOf({ chatId, personId }: OutboxRow): string {
  return chatId === null ? `person/${personId}` : `chat/${chatId}`;
}
