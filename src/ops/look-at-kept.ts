import type { Lantian } from "../bot/lantian.ts";
import { lookAt } from "../intake/picture.ts";

/**
 * Looks at pictures that were kept before it was known what they look like, one after the other: they may be thousands, and
 * nobody waits for it. What can't be opened is left for `doctor` to name. @returns how many were looked at.
 */
export async function lookAtKept(bot: Lantian, isStopped: () => boolean = () => false): Promise<number> {
  let looked = 0;
  let after = "";
  while (!isStopped()) {
    const [sha256] = await bot.store.read((r) => r.evidence.unseen(1, after));
    if (sha256 === undefined) break;
    after = sha256;
    const look = await bot.vault
      .read(sha256)
      .then(lookAt)
      .catch(() => undefined);
    if (look === undefined) continue;
    await bot.store.write((w) => w.evidence.see(sha256, look));
    looked += 1;
  }
  return looked;
}

/** The same behind everything else. */
export function startLooking(bot: Lantian, onFault: (error: unknown) => void): { stop(): Promise<void> } {
  let stopped = false;
  const running = lookAtKept(bot, () => stopped).catch(onFault);
  return {
    async stop() {
      stopped = true;
      await running;
    },
  };
}
