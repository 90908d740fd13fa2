/** Machine time, and how to wait; `sleep` fails when the bot stops. */
export type Timing = { now(): number; sleep(ms: number): Promise<void> };

/** What a platform grants, or what we keep below it; times in ms. */
export type PaceLimits = {
  /** Between two messages to one place (a chat, or whatever else the platform counts). */
  gap(place: string): number;
  /** How many messages a place gets within a time, beside the gap. */
  most?(place: string): { count: number; within: number } | null;
  /** How many messages all places together get within a time. */
  all: { count: number; within: number };
  /** A wait no longer than this is waited out rather than put off. */
  short?: number;
  /** What was sent right before a restart, nobody remembers: so long nothing goes out at first. */
  atFirst?: number;
  /** A delivery that doesn't come back for its turn (replaced, given up) holds up the others no longer than this. */
  patience: number;
};

/** The pace of sending, shared by answers and deliveries. */
export type Pace = {
  /**
   * How long (ms) delivery `row` waits for its turn in a place; 0: it goes now. Whoever has to wait is given a moment of
   * its own, behind those written earlier, so that a long row comes back in order and not all at once.
   */
  waitFor(place: string, row: number): number;
  /**
   * Runs `send` when the place's turn and the whole bot's have come, one at a time in a place. Gaps count from its end:
   * whatever the network does, the platform sees them at least as long as they are meant to be.
   */
  inTurn<T>(place: string, send: () => Promise<T>): Promise<T>;
  /** The platform has asked for patience in a place; deliveries written after `row` stay behind it. */
  rest(place: string, ms: number, row?: number): void;
};

/** Keeps the bot within a platform's limits. */
export function paceOf(limits: PaceLimits, { now, sleep }: Timing): Pace {
  const places = new Map<string, Place>();
  const notBefore = now() + (limits.atFirst ?? 0);
  let underWay = 0;
  let recent: number[] = [];

  const placeOf = (name: string): Place => {
    const known = places.get(name);
    if (known !== undefined) return known;
    if (places.size >= MANY) forgetIdle();
    const fresh = { ended: [], heldUntil: notBefore, inHand: 0, tail: Promise.resolve(), line: new Map() };
    places.set(name, fresh);
    return fresh;
  };
  const forgetIdle = () => {
    for (const [name, { ended, heldUntil, inHand, line }] of places)
      if (inHand === 0 && line.size === 0 && Math.max(heldUntil, ended.at(-1) ?? 0) < now() - IDLE_MS)
        places.delete(name);
  };
  /** The moment from which a place is free again, but for what is in hand. */
  const freeAt = (name: string): number => {
    const { ended, heldUntil } = placeOf(name);
    const most = limits.most?.(name);
    return Math.max(
      heldUntil,
      (ended.at(-1) ?? Number.NEGATIVE_INFINITY) + limits.gap(name),
      (most ? (ended.at(-most.count) ?? Number.NEGATIVE_INFINITY) : Number.NEGATIVE_INFINITY) +
        (most?.within ?? 0),
    );
  };
  /** How long all places together have to wait. */
  const forAll = (): number => {
    const { count, within } = limits.all;
    recent = recent.filter((at) => at > now() - within);
    if (underWay + recent.length < count) return 0;
    return Math.max(1, (recent[0] ?? now()) + within - now());
  };

  return {
    waitFor(name, row) {
      const { line, inHand } = placeOf(name);
      const gap = limits.gap(name);
      for (const [id, at] of line) if (at < now() - limits.patience) line.delete(id);
      const earlier = [...line].filter(([id]) => id < row).map(([, at]) => Math.max(at, now()) + gap);
      const at = Math.max(freeAt(name) + inHand * gap, now() + forAll(), ...earlier);
      if (at - now() <= (limits.short ?? 0)) {
        line.delete(row);
        return 0;
      }
      line.set(row, at);
      return Math.ceil(at - now());
    },
    inTurn(name, send) {
      const place = placeOf(name);
      place.inHand += 1;
      const turn = place.tail.then(async () => {
        for (let wait = freeAt(name) - now(); wait > 0; wait = freeAt(name) - now())
          await sleep(Math.ceil(wait));
        for (let wait = forAll(); wait > 0; wait = forAll()) await sleep(Math.ceil(wait));
        underWay += 1;
        try {
          return await send();
        } finally {
          underWay -= 1;
          recent.push(now());
          place.ended = [...place.ended, now()].slice(-(limits.most?.(name)?.count ?? 1));
        }
      });
      place.tail = turn.catch(() => undefined);
      return turn.finally(() => {
        place.inHand -= 1;
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

type Place = {
  /** When the newest messages there ended. */
  ended: number[];
  heldUntil: number;
  /** Sendings that wait or are under way. */
  inHand: number;
  tail: Promise<unknown>;
  /** The deliveries that wait, and the moment that each has been given. */
  line: Map<number, number>;
};
