import type { Lantian } from "../bot/lantian.ts";
import { keptFilesIn } from "../store/kept-files.ts";
import type { Reader } from "../store/store.ts";
import { thinOut } from "./thin-out.ts";

/** By then whoever was sending it has long been answered. */
const DAY_MS = 86_400_000;

/**
 * Removes from the vault what no row names a day after it was written: what a crash has left between a file and its row.
 * Decided within a transaction, as files are kept in one: what is being named meanwhile stays. `machineNow` in ms UTC.
 * @returns how many files are gone.
 */
export async function sweep(bot: Lantian, machineNow: () => number = Date.now): Promise<number> {
  const named = async (store: Reader) => new Set((await keptFilesIn(store)).map(({ sha256 }) => sha256));
  const strays = await bot.vault.strays(await bot.store.read(named), machineNow() - DAY_MS);
  if (strays.length === 0) return 0;
  const at = (await bot.clock.now()).epochMilliseconds;
  return bot.store.write(async (store) => {
    const still = await named(store);
    const unnamed = strays.filter(({ sha256 }) => sha256 === null || !still.has(sha256));
    for (const stray of unnamed) stray.remove();
    await store.audit.append({
      at,
      personId: null,
      actor: "系统",
      act: "files.sweep",
      outcome: "done",
      detail: { files: unnamed.length },
    });
    return unnamed.length;
  });
}

/** Sweeps and thins out now and once a day. A demonstration's clock jumps over years: nothing of it is too old. */
export function startSweeping(bot: Lantian, onFault: (error: unknown) => void): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let isStopping = false;
  const round = () => {
    running = running
      .then(() => sweep(bot))
      .then(() => (bot.demo ? undefined : thinOut(bot, { stops: () => isStopping })))
      .catch(onFault);
  };
  const timer = setInterval(round, DAY_MS).unref();
  round();
  return {
    async stop() {
      clearInterval(timer);
      isStopping = true;
      await running;
    },
  };
}
