/** A clock that stands still and jumps as far as somebody sleeps: tests neither wait nor depend on the machine's speed. */
export function leapingClock(start = Date.now()) {
  let now = start;
  return {
    now: () => now,
    async sleep(ms: number) {
      // Those who sleep at the same time sleep through the same time.
      const until = now + ms;
      await new Promise((resolve) => setImmediate(resolve));
      now = Math.max(now, until);
    },
    leap(ms: number) {
      now += ms;
    },
  };
}

/** A clock on which more than a second goes by between any two looks at it: nobody ever reaches a limit. */
export function strollingClock(start = Date.now()) {
  let now = start;
  return () => {
    now += 1001;
    return now;
  };
}

/** A clock that runs `speed` times as fast from a common start: several processes share it. */
export function hurriedClock(start: number, speed: number) {
  return {
    now: () => start + (Date.now() - start) * speed,
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / speed)),
  };
}
