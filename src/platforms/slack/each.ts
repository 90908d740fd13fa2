/** Takes each file of a message, given by its place in it. */
export type EachOnce = (inbound: number, count: number, take: (i: number) => Promise<void>) => Promise<void>;

/**
 * A file that can't be fetched holds up no other one of its message. The message is then handled once more, and what was
 * taken and answered by this process isn't again.
 */
export function eachOnce(): EachOnce {
  /** By inbox row, what was taken of a message that comes again. */
  const taken = new Map<number, Set<number>>();
  return async (inbound, count, take) => {
    const done = taken.get(inbound) ?? new Set<number>();
    const failures: unknown[] = [];
    for (let i = 0; i < count; i++) {
      if (done.has(i)) continue;
      try {
        await take(i);
        done.add(i);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length === 0) {
      taken.delete(inbound);
      return;
    }
    taken.set(inbound, done);
    throw failures[0];
  };
}
