/** Machine time, and how to wait; `sleep` fails when the bot stops. */
export type Timing = { now(): number; sleep(ms: number): Promise<void> };

/** What a platform grants, or what we keep below it; times in ms. */
export type PaceLimits = {
  /** Between two messages to one place (a chat, or whatever else the platform counts). */
  gap(place: string): number;
  /** How many messages a place gets within a time, beside the gap; answers leave the last `kept` of them to deliveries. */
  most?(place: string): { count: number; within: number; kept: number } | null;
  /** How many messages all places together get within a time. */
  all: { count: number; within: number };
  /** What is sent there is never put off because of what goes to other places. */
  first?: string;
  /** A wait no longer than this is waited out rather than put off. */
  short?: number;
  /** What was sent right before a restart, nobody remembers: so long nothing goes out at first. */
  atFirst?: number;
  /** A delivery that doesn't come back for its turn (replaced, given up) holds up the others no longer than this. */
  patience: number;
};

/** What is sent: what somebody waits for who asked, or what goes out by itself and has waited for its moment already. */
export type Paced = "answer" | "delivery";

/** The pace of sending, shared by answers and deliveries. */
export type Pace = {
  /**
   * How long (ms) delivery `row` waits for its turn in a place; 0: it goes now. Whoever has to wait is given a moment of
   * its own, behind those written earlier, so that a long row comes back in order and not all at once.
   */
  waitFor(place: string, row: number): number;
  /**
   * Runs `send` when the place's turn and the whole bot's have come, one at a time in a place, a delivery before the answers
   * that wait. Gaps count from its end: whatever the network does, the platform sees them at least as long as they are meant
   * to be.
   */
  inTurn<T>(place: string, send: () => Promise<T>, what?: Paced): Promise<T>;
  /** The platform has asked for patience in a place; deliveries written after `row` stay behind it. */
  rest(place: string, ms: number, row?: number): void;
};

/** Keeps the bot within a platform's limits. */
export function paceOf(limits: PaceLimits, { now, sleep }: Timing): Pace {
  const places = new Map<string, Place>();
  const notBefore = now() + (limits.atFirst ?? 0);
  const underWay = new Set<Waiting>();
  let recent: number[] = [];
  /** How many wait for their turn, wherever. */
  let inLine = 0;

  const placeOf = (name: string): Place => {
    const known = places.get(name);
    if (known !== undefined) return known;
    if (places.size >= MANY) forgetIdle();
    const fresh: Place = {
      ended: [],
      heldUntil: notBefore,
      isBusy: false,
      queue: [],
      isWorking: false,
      lookAgain,
      line: new Map(),
    };
    places.set(name, fresh);
    return fresh;
  };
  const forgetIdle = () => {
    for (const [name, { ended, heldUntil, isWorking, line }] of places)
      if (!isWorking && line.size === 0 && Math.max(heldUntil, ended.at(-1) ?? 0) < now() - IDLE_MS)
        places.delete(name);
  };
  /** The moment from which a place is free again, but for what is in hand. */
  const freeAt = (name: string, what: Paced): number => {
    const { ended, heldUntil } = placeOf(name);
    const most = limits.most?.(name);
    const count = (most?.count ?? 0) - (what === "answer" ? (most?.kept ?? 0) : 0);
    return Math.max(
      heldUntil,
      (ended.at(-1) ?? Number.NEGATIVE_INFINITY) + limits.gap(name),
      (most ? (ended.at(-count) ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY) +
        (most?.within ?? 0),
    );
  };
  /** How long all places together have to wait, behind so many that wait already. */
  const forAll = (ahead = 0): number => {
    const { count, within } = limits.all;
    recent = recent.filter((at) => at > now() - within);
    if (underWay.size + recent.length + ahead < count) return 0;
    return Math.max(1, (recent[0] ?? now()) + within - now()) + Math.floor(ahead / count) * within;
  };
  /** Waits until the place's turn and the whole bot's have come. @returns what goes first by then, counted from this moment on; undefined when nothing is left, and nobody works any more. */
  const nextOf = async (name: string, place: Place): Promise<Waiting | undefined> => {
    for (;;) {
      const [next] = place.queue;
      if (next === undefined) {
        place.isWorking = false;
        return undefined;
      }
      const wait = freeAt(name, next.what) - now();
      const ms = wait > 0 ? wait : forAll();
      if (ms <= 0) {
        place.queue.shift();
        inLine -= 1;
        place.isBusy = true;
        underWay.add(next);
        return next;
      }
      // A delivery that comes meanwhile may go sooner than the answer that is waited for.
      const comes = new Promise<void>((resolve) => {
        place.lookAgain = resolve;
      });
      await Promise.race([sleep(Math.ceil(ms)), comes]);
    }
  };
  const workOff = async (name: string, place: Place) => {
    place.isWorking = true;
    try {
      for (let next = await nextOf(name, place); next !== undefined; next = await nextOf(name, place)) {
        // What hangs has long been seen, or will be alone: it keeps no other place from sending.
        const hangs = setTimeout(() => underWay.delete(next), HANGS * limits.all.within);
        await next.run();
        clearTimeout(hangs);
        place.isBusy = false;
        underWay.delete(next);
        recent.push(now());
        place.ended = [...place.ended, now()].slice(-(limits.most?.(name)?.count ?? 1));
      }
    } catch (error) {
      place.isWorking = false;
      inLine -= place.queue.length;
      for (const { reject } of place.queue.splice(0)) reject(error);
    }
  };

  return {
    waitFor(name, row) {
      const { line, isBusy, queue } = placeOf(name);
      const gap = limits.gap(name);
      for (const [id, at] of line) if (at < now() - limits.patience) line.delete(id);
      const earlier = [...line].filter(([id]) => id < row).map(([, at]) => Math.max(at, now()) + gap);
      const before = queue.filter(({ what }) => what === "delivery").length + Number(isBusy);
      const at = Math.max(
        freeAt(name, "delivery") + before * gap,
        name === limits.first ? 0 : now() + forAll(inLine),
        ...earlier,
      );
      if (at - now() <= (limits.short ?? 0)) {
        line.delete(row);
        return 0;
      }
      line.set(row, at);
      return Math.ceil(at - now());
    },
    inTurn(name, send, what = "answer") {
      const place = placeOf(name);
      const { queue } = place;
      return new Promise((resolve, reject) => {
        const run = () => send().then(resolve, reject);
        const answers = what === "answer" ? -1 : queue.findIndex((waiting) => waiting.what === "answer");
        queue.splice(answers === -1 ? queue.length : answers, 0, { what, run, reject });
        inLine += 1;
        if (place.isWorking) place.lookAgain();
        else void workOff(name, place);
      });
    },
    rest(name, ms, row) {
      const place = placeOf(name);
      place.heldUntil = Math.max(place.heldUntil, now() + ms);
      if (row !== undefined) place.line.set(row, now() + ms);
    },
  };
}

/** Places that are remembered before those that have long been idle are forgotten. */
const MANY = 5_000;
const IDLE_MS = 60_000;

/** A call to the platform hangs when it takes so many times the time of the limit for all; of the machine's own time. */
const HANGS = 3;

const lookAgain = () => undefined;

type Waiting = { what: Paced; run: () => Promise<void>; reject: (error: unknown) => void };

type Place = {
  /** When the newest messages there ended. */
  ended: number[];
  heldUntil: number;
  /** Something is under way there. */
  isBusy: boolean;
  /** What waits for its turn, deliveries before answers. */
  queue: Waiting[];
  isWorking: boolean;
  /** Something has come that may go sooner. */
  lookAgain: () => void;
  /** The deliveries that wait, and the moment that each has been given. */
  line: Map<number, number>;
};
