/** Chance that comes out the same in every run. */
export function chanceOf(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    next,
    /** A whole number from 0 to `below` - 1. */
    below: (below: number) => Math.floor(next() * below),
    shuffled<T>(items: readonly T[]): T[] {
      const left = [...items];
      return items.map(() => left.splice(Math.floor(next() * left.length), 1)[0] as T);
    },
  };
}
