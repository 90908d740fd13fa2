/**
 * Repeatable randomness for demonstration data: the same seed gives the same numbers on every machine.
 * Only integer operations, + - * / and sqrt are used: the last bits of sin, exp or log differ between engines.
 */
interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Whole number from `low` to `high`, both inclusive. */
  integer(low: number, high: number): number;
  /** Mean 0, standard deviation 1, never beyond ±3.5: the sum of four uniforms. */
  bell(): number;
}

/** The seed of the demonstration as it is shipped. */
export const demoSeed = 20200101;

/**
 * A stream of its own for each label, so that a new station or indicator moves nobody else's numbers.
 * The generator is mulberry32; the label is mixed into the seed by FNV-1a.
 */
export function randomStream(seed: number, label: string): Random {
  let state = labelled(seed, label);
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform,
    integer: (low, high) => low + Math.floor(uniform() * (high - low + 1)),
    bell: () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3),
  };
}

/** A series with memory: mean 0, deviation 1, each value keeping `memory` (0..1) of the one before. */
export function persistent(random: Random, memory: number, length: number): number[] {
  const fresh = Math.sqrt(1 - memory * memory);
  const series: number[] = [];
  let last = random.bell();
  for (let i = 0; i < length; i++) {
    series.push(last);
    last = memory * last + fresh * random.bell();
  }
  return series;
}

function labelled(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const character of label) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash | 0;
}
