/**
 * The longest stretch (ms) in which the event loop did nothing else while `work` went on: in the loop's own processor time,
 * so that a busy machine, which interrupts it, isn't taken for work.
 */
export async function longestStretch(work: () => Promise<unknown>): Promise<number> {
  const used = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let [longest, before] = [0, used()];
  const tick = () => {
    const now = used();
    longest = Math.max(longest, now - before);
    before = now;
  };
  // A turn of the loop between each two of its timers: what runs between two ticks ran without a break.
  const ticking = setInterval(tick, 1);
  try {
    await work();
  } finally {
    tick();
    clearInterval(ticking);
  }
  return longest;
}
