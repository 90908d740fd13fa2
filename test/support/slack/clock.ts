import type { Door } from "../../../src/delivery/door.ts";

/**
 * A clock that leaps as far as somebody sleeps: nobody waits. Beside that it stands still, so that tests don't depend on the
 * machine's speed, or goes as `machineNow` does. No wait is skipped while a watched door's delivery is at work; at worst
 * it is waited out.
 */
export function leapingClock(machineNow: () => number = standing()) {
  let leapt = 0;
  let [underWay, asleep] = [0, 0];
  const now = () => machineNow() + leapt;
  const leapTo = (moment: number) => {
    leapt += Math.max(0, Math.ceil(moment - now()));
  };
  return {
    now,
    leapTo,
    leap: (ms: number) => leapTo(now() + ms),
    async sleep(ms: number) {
      // Those who sleep at the same time sleep through the same time.
      const until = now() + ms;
      const latest = performance.now() + ms;
      asleep += 1;
      do await new Promise((resolve) => setImmediate(resolve));
      while (asleep < underWay && now() < until && performance.now() < latest);
      asleep -= 1;
      leapTo(until);
    },
    /** Notes a door's deliveries from now on. It stays the same object: what rounds of delivery share, they find by it. */
    watch(door: Door) {
      const { deliver } = door;
      door.deliver = (...args) => {
        underWay += 1;
        return deliver(...args).finally(() => {
          underWay -= 1;
        });
      };
    },
  };
}

function standing() {
  const at = Date.now();
  return () => at;
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
