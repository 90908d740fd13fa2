/** A clock that stands still and jumps as far as somebody sleeps: tests neither wait nor depend on the machine's speed. */
export function leapingClock(start = Date.now()) {
  let now = start;
  return {
    now: () => now,
    async sleep(ms: number) {
      now = Math.max(now, now + ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
    leap(ms: number) {
      now += ms;
    },
  };
}
