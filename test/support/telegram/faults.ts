/** What a call may meet instead of success. */
export type Fault =
  /** This call succeeds; the next fault is for the next one. */
  | "none"
  | "429"
  /** Patience is asked for, but not how much. */
  | "429-bare"
  /** Patience is asked for until long after the test. */
  | "429-long"
  | "500-before"
  | "500-after"
  | "502-html"
  | "reset-before"
  | "reset-after"
  | "hang-before"
  | "hang-after"
  /** Done after two seconds, when whoever asked has long given up. */
  | "accept-late"
  | "403-blocked"
  | "403-kicked"
  | "400-entities"
  /** A file that Telegram won't take. */
  | "400-file"
  | "401"
  | "404"
  /** Another program fetches. */
  | "409";

/** Faults as planned for the next calls of a method, or by chance. Same seed, same faults. */
export function faultsOf(seed: number) {
  const random = seeded(seed);
  const planned = new Map<string, Fault[]>();
  let chance: { rate: number; kinds: readonly Fault[]; fetchesToo: boolean } | null = null;
  return {
    random,
    next(method: string): Fault | undefined {
      const drawn =
        chance !== null && (chance.fetchesToo || method !== "getUpdates") && random() < chance.rate;
      return (
        planned.get(method)?.shift() ??
        (drawn ? chance?.kinds[Math.floor(random() * chance.kinds.length)] : undefined)
      );
    },
    /** The next calls of a method fail so, in order. */
    fail(method: string, ...faults: Fault[]) {
      planned.set(method, [...(planned.get(method) ?? []), ...faults]);
    },
    /** From now on each call fails with this chance; null: none does. */
    failAtRandom(rate: number | null, kinds: readonly Fault[] = [], { fetchesToo = false } = {}) {
      chance = rate === null ? null : { rate, kinds, fetchesToo };
    },
  };
}

/** mulberry32: small, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
