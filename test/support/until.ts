/** Far longer than any machine takes: it says what a run that hangs was waiting for, and decides nothing else. */
const PATIENCE_MS = process.env.TEST_FULL === "1" ? 1_800_000 : 240_000;

/** Waits until something holds, however long that takes on this machine, and gives it back. */
export async function until<T>(
  holds: () => T | Promise<T>,
  about = () => String(holds),
): Promise<Exclude<T, false | null | undefined>> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const held = await holds();
    if (held) return held as Exclude<T, false | null | undefined>;
    if (performance.now() > end) throw new Error(`waited in vain: ${about()}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}
